import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Mock, readBundle, startMock } from "../../src/mock/index.js";

type Json = { [name: string]: Json };

const bundle = readBundle("herobrain") as Json;
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(bundle, "bundle");

let mock: Mock;

beforeAll(async () => {
  mock = await startMock({ apis: ["herobrain"], port: 0 });
});
afterAll(() => mock.close());

interface Call {
  method: "get" | "post" | "patch" | "delete";
  path: string;
  query?: string;
  body?: object;
}

const credentials = { authorization: "Bearer hb_test" };
const calls: Call[] = [
  { method: "get", path: "/api/v1/memories", query: "tenantId=user_12345&limit=100" },
  { method: "post", path: "/api/v1/memories", body: { content: "A", type: "task", tenantId: "user_12345" } },
  { method: "get", path: "/api/v1/memories/{id}", query: "tenantId=user_12345" },
  { method: "delete", path: "/api/v1/memories/{id}", query: "tenantId=user_12345" },
  { method: "get", path: "/api/v1/api-keys" },
];

/** Checks an answer against the bundle with nothing but Ajv, so that a mistake of Prism's is not repeated here. */
async function expectDocumented({ method, path }: Call, response: Response): Promise<void> {
  const pointer = ["paths", path, method, "responses", String(response.status)];
  const documented = pointer.reduce((node, key) => node[key]!, bundle);
  const reference = documented.$ref as unknown as string | undefined;
  const steps = reference ? reference.slice(2).split("/") : pointer;
  const target = steps.reduce((node, key) => node[key]!, bundle);
  const ref = (...more: string[]) => {
    const keys = [...steps, ...more].map((step) =>
      encodeURIComponent(step.replaceAll("~", "~0").replaceAll("/", "~1")),
    );
    return ajv.compile({ $ref: `bundle#/${keys.join("/")}` });
  };
  const validBody = ref("content", "application/json", "schema");
  expect(validBody(await response.json()), JSON.stringify(validBody.errors)).toBe(true);
  for (const name of Object.keys(target.headers ?? {}))
    expect([name, response.headers.has(name)]).toEqual([name, true]);
  expect(Number(response.headers.get("x-ratelimit-limit"))).toBeGreaterThan(0);
}

function send({ method, path, query, body }: Call, headers: Record<string, string>): Promise<Response> {
  const url = `${mock.baseUrls.herobrain}${path.replace("{id}", "mem_1")}${query ? `?${query}` : ""}`;
  const content = body ? { "content-type": "application/json" } : {};
  return fetch(url, {
    method: method.toUpperCase(),
    headers: { ...content, ...headers },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
}

test.each(calls)("$method $path answers with a documented body and the documented headers", async (call) => {
  const response = await send(call, credentials);
  expect(response.status).toBe(200);
  await expectDocumented(call, response);
});

test.each(calls)("$method $path without a credential gets the documented 401", async (call) => {
  const response = await send(call, {});
  expect(response.status).toBe(401);
  await expectDocumented(call, response);
});

test.each(calls)("$method $path gives the documented 429 when asked", async (call) => {
  const response = await send(call, { ...credentials, prefer: "code=429" });
  expect(response.status).toBe(429);
  expect(response.headers.get("x-ratelimit-retry-after")).toBe("60");
  await expectDocumented(call, response);
});

test("requests that break the description get the documented 400", async () => {
  const [list, create] = calls as [Call, Call];
  for (const call of [
    { ...list, query: "tenantId=user_12345&limit=101" },
    { ...list, query: "tenantId=user_12345&type=tasks" },
    { ...create, body: { content: "A", tenantId: "user_12345" } },
    { ...create, body: { content: "A", type: "task", tenantId: "user_12345", importance: 2 } },
  ]) {
    const response = await send(call, credentials);
    expect([call, response.status]).toEqual([call, 400]);
    await expectDocumented(call, response);
  }
});
