import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listMethods, type Method } from "../../scripts/clients/model.js";
import {
  type MediaType,
  type OpenApiDocument,
  type RequestBody,
  type Response,
  resolve,
} from "../../scripts/openapi.js";
import { HeroBrain } from "../../src/herobrain.js";
import { type Mock, startMock } from "../../src/mock/index.js";
import { checkResponse, loadDescription } from "../../src/testing/index.js";

let mock: Mock;
let hb: HeroBrain;
beforeAll(async () => {
  mock = await startMock({ port: 0 });
  hb = new HeroBrain({
    apiKey: "hb_test",
    tenantId: "user_12345",
    baseUrl: mock.baseUrls.herobrain ?? "",
    retry: false,
  });
});
afterAll(() => mock.close());

const description = await loadDescription("herobrain");
const document = description.document as OpenApiDocument;
const facts = document["x-client"];
if (!facts) throw new Error("The description does not name its client.");
const methods = listMethods(document, facts);

function exampleOf(media: MediaType | undefined): unknown {
  const { example, examples } = (media ?? {}) as { example?: unknown; examples?: Record<string, { value: unknown }> };
  return example ?? Object.values(examples ?? {})[0]?.value;
}

/** The method of the client that `x-sdk` names, as a function, and the documented values to call it with. */
function callOf({ resource, name, pathParameters, queryParameters, placed }: Method) {
  let owner: unknown = hb;
  for (const segment of resource) owner = Reflect.get(owner as object, segment);
  const method: unknown = Reflect.get(owner as object, name);
  if (typeof method !== "function") throw new Error(`The client has no ${[...resource, name].join(".")}.`);
  const value = (parameter: object) => (parameter as { example?: unknown }).example;
  const query = Object.fromEntries(queryParameters.map((parameter) => [parameter.name, value(parameter)]));
  const body = placed.operation.requestBody && resolve<RequestBody>(document, placed.operation.requestBody);
  const fields = { ...query, ...(exampleOf(body?.content["application/json"]) as object | undefined) };
  const args = [...pathParameters.map(value), ...(queryParameters.length > 0 || body ? [fields] : [])];
  return () =>
    Reflect.apply(method, owner, args) as Promise<unknown> & {
      withResponse(): Promise<{ data: unknown; response: globalThis.Response }>;
    };
}

describe("every method of the client, called with the documented example", () => {
  test.each(methods.map((method) => [method.placed.operation.operationId, method] as const))(
    "%s succeeds and resolves to the documented payload",
    async (id, method) => {
      const { data, response } = await callOf(method)().withResponse();
      expect(response.status).toBe(200);
      const answer = resolve<Response>(document, method.placed.operation.responses?.["200"] ?? {});
      const body = exampleOf(answer.content?.["application/json"]) as Record<string, unknown>;
      expect(data).toEqual(
        method.payload.empty ? undefined : method.payload.member ? body[method.payload.member] : body,
      );
      expect(id).toBe(method.placed.operation.operationId);
    },
  );
});

test("the founding document's own snippet works, but for the import and the host", async () => {
  const memory = await hb.memories.create({
    content: "Met with Sarah about Q4 goals",
    type: "episodic",
    importance: 0.8,
  });
  const results = await hb.memories.search({
    query: "Q4 planning",
    limit: 10,
  });
  expect(memory.id).toBe("mem_abc123def456");
  expect(results.results[0]?.relevance).toBe(0.89);
});

test("the response, the request id and the rate limit come with .withResponse()", async () => {
  const { data, response, requestId, rateLimit } = await hb.memories.get("mem_abc123def456").withResponse();
  expect(data.type).toBe("episodic");
  expect(response).toBeInstanceOf(globalThis.Response);
  expect(requestId).toBe("req_1234567890");
  expect(rateLimit).toMatchObject({ limit: 1000, remaining: 999, reset: new Date(1638360000 * 1000) });
});

test("openapi-fetch is there too, typed by path, with the same credentials", async () => {
  const { data, error, response } = await hb.fetch.GET("/api/v1/memories/{id}", {
    params: { path: { id: "mem_abc123def456" }, query: { tenantId: "user_12345" } },
  });
  expect(error).toBeUndefined();
  expect(data?.data.content).toContain("Sarah Chen");
  expect(
    await checkResponse(description, "getMemory", {
      status: response.status,
      headers: response.headers,
      body: JSON.stringify(data),
    }),
  ).toEqual([]);
});
