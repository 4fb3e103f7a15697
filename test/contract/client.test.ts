import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Download } from "../../runtime/index.js";
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
import { checkResponse, describedApis, loadDescription } from "../../src/testing/index.js";
import { clients } from "./clients.js";

let mock: Mock;
beforeAll(async () => {
  mock = await startMock({ port: 0 });
});
afterAll(() => mock.close());

interface Example {
  value?: unknown;
  dataValue?: unknown;
  serializedValue?: unknown;
}

function exampleOf(media: MediaType | undefined): unknown {
  const { example, examples } = (media ?? {}) as { example?: unknown; examples?: Record<string, Example> };
  const [first] = Object.values(examples ?? {});
  return example ?? first?.value ?? first?.dataValue ?? first?.serializedValue;
}

/** With these the mock leaves out what the client says it has already, or does not want; tested in `test/mock`. */
const forParts = new Set(["Range", "If-None-Match", "Last-Event-ID"]);

/** The method of a client that `x-sdk` names, as a function, and the documented values to call it with. */
function callOf(client: object, document: OpenApiDocument, method: Method): () => unknown {
  const { resource, name, pathParameters, queryParameters, headerParameters, placed } = method;
  let owner: unknown = client;
  for (const segment of resource) owner = Reflect.get(owner as object, segment);
  const called: unknown = Reflect.get(owner as object, name);
  if (typeof called !== "function") throw new Error(`The client has no ${[...resource, name].join(".")}.`);
  const value = (parameter: object) => (parameter as { example?: unknown }).example;
  const query = queryParameters
    .filter(({ name }) => name !== method.placed.operation["x-stream"]?.resume)
    .map((parameter) => [parameter.name, value(parameter)]);
  const headers = [...headerParameters]
    .filter(([, parameter]) => !forParts.has(parameter.name))
    .map(([field, parameter]) => [field, value(parameter)]);
  const body = placed.operation.requestBody && resolve<RequestBody>(document, placed.operation.requestBody);
  const example = withFiles(method, exampleOf(body?.content[method.body?.mediaType ?? ""]));
  const fields = { ...Object.fromEntries([...query, ...headers]), ...(method.body?.fields ? (example as object) : {}) };
  const args = [
    ...pathParameters.map(value),
    ...(method.body && !method.body.fields ? [example] : []),
    ...(Object.keys(fields).length > 0 ? [fields] : []),
  ];
  return () => Reflect.apply(called, owner, args);
}

/** The documented fields, those that are files as such. */
function withFiles({ body }: Method, example: unknown): unknown {
  if (!body || body.files.length === 0) return example;
  const files = body.files.map((name) => [name, new Blob([String(Reflect.get(example as object, name))])]);
  return { ...(example as object), ...Object.fromEntries(files) };
}

/** The lowest successful answer of an operation, as the mock gives it. */
function successOf(document: OpenApiDocument, { placed }: Method): { status: number; body: unknown } {
  const [status = "", node = {}] =
    Object.entries(placed.operation.responses ?? {}).find(([key]) => key.startsWith("2")) ?? [];
  const { content } = resolve<Response>(document, node);
  // Where there is a choice, the client asks for JSON.
  const media = content?.["application/json"] ?? Object.values(content ?? {})[0];
  return { status: Number(status), body: exampleOf(media) };
}

/** The data of each event of a stream that is written down as an example. */
function eventsOf(example: unknown): unknown[] {
  const blocks = String(example).split("\n\n");
  return blocks.flatMap((block) => {
    const lines = block.split("\n").filter((line) => line.startsWith("data:"));
    return lines.length > 0 ? [lines.map((line) => line.slice(5).trim()).join("\n")] : [];
  });
}

describe.each(describedApis())("every method of the client of %s, called with the documented example", (api) => {
  const document = loadDescription(api).document as OpenApiDocument;
  const methods = listMethods(document, document["x-client"]!);
  const call = (method: Method) => {
    const make = clients[api];
    if (!make) throw new Error(`test/contract/clients.ts makes no client of ${api}.`);
    return callOf(make(mock.baseUrls[api] ?? ""), document, method)();
  };
  const named = (kind: (method: Method) => boolean) =>
    methods.filter(kind).map((method) => [method.placed.operation.operationId, method] as const);
  const isStream = ({ payload }: Method) => payload.answer === "stream";
  /** What the mock makes of the vendor's own address in an example: its own. */
  const local = (documentedValue: unknown): unknown => {
    const [{ url = "" } = {}] = (document as { servers?: { url: string }[] }).servers ?? [];
    const text = JSON.stringify(documentedValue ?? null).replaceAll(url, mock.baseUrls[api] ?? "");
    return JSON.parse(text);
  };

  test.each(named((method) => !isStream(method)))("%s resolves to the documented payload", async (_id, method) => {
    const { status, body } = successOf(document, method);
    const promise = call(method) as { withResponse(): Promise<{ data: unknown; response: globalThis.Response }> };
    const { data, response } = await promise.withResponse();
    expect(response.status).toBe(status);
    const { empty, member } = method.payload;
    if (data instanceof Download) {
      // Where there is no example the mock makes a file up.
      const bytes = await data.bytes();
      return body === undefined
        ? expect(bytes.length).toBeGreaterThan(0)
        : expect(new TextDecoder().decode(bytes)).toBe(body);
    }
    const payload = member ? (body as Record<string, unknown>)[member] : body;
    expect(data).toEqual(empty ? undefined : local(payload));
  });

  for (const [id, method] of named(isStream)) {
    test(`${id} yields the documented events`, async () => {
      const received: unknown[] = [];
      for await (const event of call(method) as AsyncIterable<unknown>) received.push(event);
      const documented = eventsOf(successOf(document, method).body).map((data) =>
        // A path of the API, behind the prefix that it has here.
        String(data).startsWith("/") ? `/${api}${data}` : data,
      );
      expect(received.length).toBeGreaterThan(0);
      const data = received.map((event) =>
        method.payload.stream?.events === "event" ? (event as { data: unknown }).data : event,
      );
      expect(data.map((one) => (typeof one === "string" ? one : JSON.stringify(one)))).toEqual(
        documented.map((one) => (data.every((item) => typeof item === "string") ? one : compact(String(one)))),
      );
    });
  }
});

/** JSON without its spaces; other text as it is. */
function compact(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
}

describe("HeroBrain's client", () => {
  const hb = () => clients.herobrain?.(mock.baseUrls.herobrain ?? "") as HeroBrain;

  test("runs the founding document's own snippet, but for the import and the host", async () => {
    const client = hb();
    const memory = await client.memories.create({
      content: "Met with Sarah about Q4 goals",
      type: "episodic",
      importance: 0.8,
    });
    const results = await client.memories.search({
      query: "Q4 planning",
      limit: 10,
    });
    expect(memory.id).toBe("mem_abc123def456");
    expect(results.results[0]?.relevance).toBe(0.89);
  });

  test("gives the response, the request id and the rate limit with .withResponse()", async () => {
    const { data, response, requestId, rateLimit } = await hb().memories.get("mem_abc123def456").withResponse();
    expect(data.type).toBe("episodic");
    expect(response).toBeInstanceOf(globalThis.Response);
    expect(requestId).toBe("req_1234567890");
    expect(rateLimit).toMatchObject({ limit: 1000, remaining: 999, reset: new Date(1638360000 * 1000) });
  });

  test("has openapi-fetch too, typed by path, with the same credentials", async () => {
    const { data, error, response } = await hb().fetch.GET("/api/v1/memories/{id}", {
      params: { path: { id: "mem_abc123def456" }, query: { tenantId: "user_12345" } },
    });
    expect(error).toBeUndefined();
    expect(data?.data.content).toContain("Sarah Chen");
    const answer = { status: response.status, headers: response.headers, body: JSON.stringify(data) };
    expect(await checkResponse(loadDescription("herobrain"), "getMemory", answer)).toEqual([]);
  });

  test("works without a tenant where the operation does, and says where to give it where it does not", async () => {
    const client = new HeroBrain({ apiKey: "hb_x", baseUrl: mock.baseUrls.herobrain ?? "" });
    expect((await client.apiKeys.list()).keys).toHaveLength(1);
    await expect(client.memories.list()).rejects.toThrow("new HeroBrain({ tenantId: … })");
  });
});
