import createClient from "openapi-fetch";
import { describe, expect, test } from "vitest";
import { ApiResponseError, ApiStatusError, type Middleware } from "../../runtime/index.js";
import { getNote, NotesError, notes, type PathsOfNotes, rejection, sendJson, serve } from "./support.js";

const byPath = { params: { path: { id: "1" } } };

test("a call by path gives data, or the error's body without throwing", async () => {
  const server = await serve((response, { url }) =>
    url === "/notes/1" ? sendJson(response, 200, { data: { id: "1" } }) : sendJson(response, 404, { errors: [] }),
  );
  const client = notes(server);
  const found = await client.fetch.GET("/notes/{id}", byPath);
  expect(found.data?.data.id).toBe("1");
  const missing = await client.fetch.GET("/notes/{id}", { params: { path: { id: "2" } } });
  expect(missing.error).toEqual({ errors: [] });
  expect(missing.response.status).toBe(404);
});

test("a call by path is sent again like any other, and takes options of its own", async () => {
  const server = await serve((response) => sendJson(response, 503, {}));
  const client = notes(server);
  expect((await client.fetch.GET("/notes/{id}", byPath)).response.status).toBe(503);
  expect(server.requests).toHaveLength(3);
  await client.fetch.GET("/notes/{id}", { ...byPath, retry: false });
  expect(server.requests).toHaveLength(4);
  await client.fetch.request("get", "/notes/{id}", { ...byPath, retry: { attempts: 2 } });
  expect(server.requests).toHaveLength(6);
});

test("one middleware sees both kinds of call, once each, however often they are sent", async () => {
  const server = await serve((response, _request, count) => sendJson(response, count % 2 ? 503 : 200, { data: 1 }));
  const seen: string[] = [];
  const middleware: Middleware = {
    onRequest: ({ schemaPath }) => void seen.push(`request ${schemaPath}`),
    onResponse: ({ response }) => void seen.push(`response ${response.status}`),
  };
  const client = notes(server, { middleware: [middleware] });
  await client.call(getNote, { path: { id: "1" } });
  await client.fetch.GET("/notes/{id}", byPath);
  const once = ["request /notes/{id}", "response 200"];
  expect(seen).toEqual([...once, ...once]);
  expect(server.requests).toHaveLength(4);
});

test("middleware can be added and taken away later, for both kinds of call", async () => {
  const server = await serve((response) => sendJson(response, 200, { data: 1 }));
  const client = notes(server);
  const mark: Middleware = { onRequest: ({ request }) => request.headers.set("x-mark", "1") };
  client.fetch.use(mark);
  await client.call(getNote, { path: { id: "1" } });
  client.fetch.eject(mark);
  await client.call(getNote, { path: { id: "1" } });
  expect(server.requests.map(({ headers }) => headers["x-mark"])).toEqual(["1", undefined]);
});

test("middleware can read a copy of the body before the caller does", async () => {
  const server = await serve((response) => sendJson(response, 200, { data: 1 }));
  const bodies: unknown[] = [];
  const middleware: Middleware = {
    onResponse: async ({ response }) => void bodies.push(await response.clone().json()),
  };
  expect(await notes(server, { middleware: [middleware] }).call(getNote, { path: { id: "1" } })).toBe(1);
  expect(bodies).toEqual([{ data: 1 }]);
});

test("middleware can turn a missing answer into one", async () => {
  const middleware: Middleware = { onError: () => Response.json({ data: "cached" }) };
  const client = notes({ url: "http://127.0.0.1:1" }, { middleware: [middleware] });
  expect(await client.call(getNote, { path: { id: "1" } })).toBe("cached");
});

test("what middleware throws reaches the caller as it is", async () => {
  const refused = new Error("not today");
  const middleware: Middleware = {
    onRequest: () => {
      throw refused;
    },
  };
  const client = notes({ url: "http://127.0.0.1:1" }, { middleware: [middleware] });
  expect(await rejection(client.call(getNote, { path: { id: "1" } }))).toBe(refused);
});

describe("a call by path differs from openapi-fetch's in two cases", () => {
  const once = { retry: false } as const;
  const answering = (status: number, body: string, headers: Record<string, string> = {}) =>
    serve((response) => response.writeHead(status, headers).end(body));

  test.each([400, 404, 409, 429, 500, 503])(
    "a %i without a body has an ApiStatusError as its error",
    async (status) => {
      const server = await answering(status, "", { "x-request-id": "req_1", "retry-after": "7" });
      const { data, error, response } = await notes(server, once).fetch.GET("/notes/{id}", byPath);
      expect(data).toBeUndefined();
      expect(response.status).toBe(status);
      expect(error).toBeInstanceOf(ApiStatusError);
      expect(error).toMatchObject({ status, requestId: "req_1", retryAfterMs: 7000, attempts: 1, method: "GET" });
    },
  );

  test("an error without a body is the API's own where it may come without a code", async () => {
    const { error } = await notes(await answering(413, ""), once).fetch.GET("/notes/{id}", byPath);
    expect(error).toBeInstanceOf(NotesError);
  });

  test("a HEAD that is refused has an error, too", async () => {
    const { error } = await notes(await answering(404, ""), once).fetch.request(
      "head",
      "/notes/{id}" as never,
      byPath as never,
    );
    expect(error).toMatchObject({ name: "ApiStatusError", status: 404, method: "HEAD" });
  });

  test.each([
    ["HTML", "<p>Log in", "a body that is not JSON (text/html)"],
    ["JSON that breaks off", '{"data":', "a body that is not JSON (text/html)"],
    ["blanks", "  ", "a body that is not JSON (text/html)"],
  ])("a 200 with %s is an ApiResponseError", async (_what, body, problem) => {
    const error = await rejection(
      notes(await answering(200, body, { "content-type": "text/html" })).fetch.GET("/notes/{id}", byPath),
    );
    expect(error).toBeInstanceOf(ApiResponseError);
    expect(error).toMatchObject({ message: `Notes answered 200 with ${problem}`, operation: undefined, attempts: 1 });
  });
});

test("in all other cases a call by path gives what openapi-fetch gives", async () => {
  const answers: [number, string, Record<string, string>][] = [
    [200, '{"data":{"id":"1"}}', { "content-type": "application/json" }],
    [200, '{"data":{"id":"1"}}', { "content-length": "19" }],
    [200, "null", {}],
    [200, '"text"', {}],
    [200, "", {}],
    [200, "", { "content-length": "0" }],
    [204, "", {}],
    [404, '{"errors":[]}', { "content-type": "application/json" }],
    [404, "<p>not found", { "content-type": "text/html" }],
    [500, "0", {}],
  ];
  const server = await serve((response, { url }) => {
    const [status, body, headers] = answers[Number(url.split("/").at(-1))] ?? [500, "", {}];
    response.writeHead(status, headers).end(body);
  });
  const ours = notes(server, { retry: false }).fetch;
  const theirs = createClient<PathsOfNotes>({ baseUrl: server.url });
  for (const id of answers.keys()) {
    const params = { path: { id: `${id}` } };
    const { response: _, ...mine } = await ours.GET("/notes/{id}", { params });
    const { response, ...expected } = await theirs.GET("/notes/{id}", { params });
    expect(mine, `${response.status} ${id}`).toEqual(expected);
  }
});

test.each(["text", "blob", "arrayBuffer", "stream"] as const)(
  "`parseAs: %s` leaves a body as it is",
  async (parseAs) => {
    const server = await serve((response) => response.end("<p>no JSON"));
    const { data } = await notes(server).fetch.GET("/notes/{id}", { ...byPath, parseAs });
    expect(await new Response(data as BodyInit).text()).toBe("<p>no JSON");
  },
);

test("a call by path that breaks off is an ApiConnectionError, whatever its status", async () => {
  const server = await serve((response, { url }) => {
    response.writeHead(Number(url.split("/").at(-1)), { "content-length": "99" });
    response.write('{"data":', () => response.destroy());
  });
  for (const id of ["200", "404"]) {
    const error = await rejection(notes(server).fetch.GET("/notes/{id}", { params: { path: { id } } }));
    expect(error).toMatchObject({ name: "ApiConnectionError", attempts: 1 });
  }
});
