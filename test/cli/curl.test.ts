import { expect, test } from "vitest";
import { exampleCurl } from "../../src/cli/curl.js";

const baseUrl = "http://127.0.0.1:4010/shop";
const securitySchemes = {
  bearer: { type: "http", scheme: "bearer" },
  basic: { type: "http", scheme: "basic" },
  header: { type: "apiKey", in: "header", name: "X-Key" },
  query: { type: "apiKey", in: "query", name: "key" },
  cookie: { type: "apiKey", in: "cookie", name: "session" },
};

const curl = (paths: object, security?: object[]) => exampleCurl({ paths, security, components }, baseUrl);
const components = {
  securitySchemes,
  parameters: { Tenant: { name: "tenant", in: "query", required: true, example: "a b" } },
};

test("the operation with the fewest required parameters is shown, with their examples", () => {
  const simple = { name: "id", in: "path", required: true, examples: { one: { value: "i/1" } } };
  const paths = {
    "/pairs": { get: { parameters: [simple, { $ref: "#/components/parameters/Tenant" }] } },
    "/items/{id}": { parameters: [simple], get: {} },
  };
  expect(curl(paths)).toEqual([`curl ${baseUrl}/items/i%2F1`]);
  expect(curl({ "/pairs": { get: { parameters: [{ $ref: "#/components/parameters/Tenant" }] } } })).toEqual([
    `curl '${baseUrl}/pairs?tenant=a+b'`,
  ]);
});

test("the first way to give credentials is shown, wherever they go", () => {
  const paths = { "/items": { get: {} } };
  const url = `${baseUrl}/items`;
  expect(curl(paths, [{ bearer: ["read"] }, { cookie: [] }])).toEqual([
    `curl ${url} \\`,
    "  -H 'Authorization: Bearer test'",
  ]);
  expect(curl(paths, [{ basic: [] }])).toEqual([`curl ${url} \\`, "  -u test:test"]);
  expect(curl(paths, [{ header: [], cookie: [] }])).toEqual([
    `curl ${url} \\`,
    "  -H 'X-Key: test' \\",
    "  -b session=test",
  ]);
  expect(curl(paths, [{ query: [] }])).toEqual([`curl '${url}?key=test'`]);
  expect(curl({ "/items": { get: { security: [] } } }, [{ bearer: [] }])).toEqual([`curl ${url}`]);
});

test("a description without GET has no example", () => {
  expect(curl({ "/items": { post: {} } })).toEqual([]);
});
