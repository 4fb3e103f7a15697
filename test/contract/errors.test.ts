import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listErrors } from "../../scripts/clients/errors.js";
import type { OpenApiDocument } from "../../scripts/openapi.js";
import { ApiStatusError, HeroBrain, HeroBrainError } from "../../src/herobrain.js";
import { type Mock, startMock } from "../../src/mock/index.js";
import { type Listening, listen } from "../../src/server/listen.js";
import { loadDescription } from "../../src/testing/index.js";

const document = (await loadDescription("herobrain")).document as OpenApiDocument;
const errors = document["x-client"] ? listErrors(document, document["x-client"]) : [];

let mock: Mock;
beforeAll(async () => {
  mock = await startMock({ port: 0 });
});
afterAll(() => mock.close());

async function failWith(baseUrl: string, headers: Record<string, string> = {}): Promise<unknown> {
  const hb = new HeroBrain({ apiKey: "hb_test", tenantId: "user_12345", baseUrl, retry: false, headers });
  return hb.memories.create({ content: "x", type: "task" }).then(
    () => expect.unreachable("the call succeeded"),
    (error: unknown) => error,
  );
}

describe("every documented error that creating a memory can answer", () => {
  test.each(errors.filter(({ status }) => status !== 404))(
    "$status is a HeroBrainError with its code and body",
    async ({ status, variants }) => {
      const error = await failWith(mock.baseUrls.herobrain ?? "", { Prefer: `code=${status}` });
      expect(error).toBeInstanceOf(HeroBrainError);
      expect(error).toBeInstanceOf(ApiStatusError);
      expect(error).toMatchObject({ name: "HeroBrainError", status, requestId: "req_1234567890" });
      expect(variants.flatMap(({ known }) => known)).toContain((error as HeroBrainError).code);
    },
  );
});

test("comparing the status narrows the code and the body", async () => {
  const error = await failWith(mock.baseUrls.herobrain ?? "", { Prefer: "code=402" });
  if (!(error instanceof HeroBrainError) || error.status !== 402) return expect.unreachable("not a 402");
  const code: "INSUFFICIENT_QUOTA" = error.code;
  expect(error.body.errors[0]?.code).toBe(code);
});

describe("an answer that HeroBrain does not document", () => {
  let listening: Listening;
  let server: Server;
  let answer = { status: 500, type: "text/html", body: "<h1>Bad gateway</h1>" };
  beforeAll(async () => {
    server = createServer((_request, response) => {
      response.writeHead(answer.status, { "content-type": answer.type }).end(answer.body);
    });
    listening = await listen(server);
  });
  afterAll(() => listening.close());

  test.each([
    {
      name: "a proxy's HTML page under a documented status",
      status: 500,
      type: "text/html",
      body: "<h1>Bad gateway</h1>",
    },
    { name: "an empty body", status: 502, type: "application/json", body: "" },
    {
      name: "a status that is not documented",
      status: 418,
      type: "application/json",
      body: '{"success":false,"errors":[{"code":"VALIDATION_ERROR","message":"x"}]}',
    },
    {
      name: "a code that is not documented for its status",
      status: 400,
      type: "application/json",
      body: '{"success":false,"errors":[{"code":"AUTH_INVALID","message":"x"}]}',
    },
  ])(
    "$name is an ApiStatusError and not a HeroBrainError, so narrowing stays true",
    async ({ name: _name, ...next }) => {
      answer = next;
      const error = await failWith(listening.origin);
      expect(error).toBeInstanceOf(ApiStatusError);
      expect(error).not.toBeInstanceOf(HeroBrainError);
      expect(error).toMatchObject({ status: next.status });
    },
  );
});
