import { inspect } from "node:util";
import { expect, test } from "vitest";
import { bearer, type Middleware } from "../../runtime/index.js";
import { api, createNote, getNote, NotesError, notes, rejection, sendJson, serve } from "./support.js";

const secret = "hb_s3cr3t-credential";

test("a credential goes to the client's own origin as a bearer token", async () => {
  const server = await serve((response) => sendJson(response, 200, { data: 1 }));
  const client = notes(server, { authentication: bearer(secret) });
  await client.call(getNote, { path: { id: "1" } });
  await client.fetch.GET("/notes/{id}", { params: { path: { id: "1" } } });
  expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${secret}`, `Bearer ${secret}`]);
});

test("a request that middleware sends to another origin carries no credential", async () => {
  const home = await serve((response) => sendJson(response, 200, { data: "home" }));
  const elsewhere = await serve((response) => sendJson(response, 200, { data: "elsewhere" }));
  const divert: Middleware = { onRequest: ({ request }) => new Request(request.url.replace(home.url, elsewhere.url)) };
  const client = notes(home, { authentication: bearer(secret), middleware: [divert] });
  expect(await client.call(getNote, { path: { id: "1" } })).toBe("elsewhere");
  expect(elsewhere.requests[0]?.headers.authorization).toBeUndefined();
  expect(home.requests).toEqual([]);
});

test("a call by path that names another base URL carries no credential", async () => {
  const home = await serve((response) => sendJson(response, 200, { data: "home" }));
  const elsewhere = await serve((response) => sendJson(response, 200, { data: "elsewhere" }));
  const client = notes(home, { authentication: bearer(secret) });
  await client.fetch.GET("/notes/{id}", { params: { path: { id: "1" } }, baseUrl: elsewhere.url });
  expect(elsewhere.requests[0]?.headers.authorization).toBeUndefined();
});

test("a redirect to another origin does not take the credential along", async () => {
  const elsewhere = await serve((response) => sendJson(response, 200, { data: "elsewhere" }));
  const home = await serve((response) => response.writeHead(302, { location: `${elsewhere.url}/x` }).end());
  const { data, response } = await notes(home, { authentication: bearer(secret) })
    .call(getNote, { path: { id: "1" } })
    .withResponse();
  expect(data).toBe("elsewhere");
  expect(response.url).toBe(`${elsewhere.url}/x`);
  expect(elsewhere.requests[0]?.headers.authorization).toBeUndefined();
});

test("a function is asked for the credential at every attempt", async () => {
  const server = await serve((response, _request, count) => sendJson(response, count < 3 ? 503 : 200, { data: count }));
  let asked = 0;
  const authentication = bearer(async () => `token-${++asked}`);
  expect(await notes(server, { authentication }).call(getNote, { path: { id: "1" } })).toBe(3);
  expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([
    "Bearer token-1",
    "Bearer token-2",
    "Bearer token-3",
  ]);
});

test("what a credential's function throws reaches the caller as it is, and nothing is sent", async () => {
  const server = await serve((response) => sendJson(response, 200, { data: 1 }));
  const refused = new Error("the vault is locked");
  const authentication = bearer(() => Promise.reject(refused));
  expect(await rejection(notes(server, { authentication }).call(getNote, { path: { id: "1" } }))).toBe(refused);
  expect(server.requests).toEqual([]);
});

test("middleware sees no credential", async () => {
  const server = await serve((response) => sendJson(response, 200, { data: 1 }));
  const seen: (string | null)[] = [];
  const middleware: Middleware[] = [
    { onRequest: ({ request }) => void seen.push(request.headers.get("authorization")) },
    { onResponse: ({ request }) => void seen.push(request.headers.get("authorization")) },
  ];
  await notes(server, { authentication: bearer(secret), middleware }).call(getNote, { path: { id: "1" } });
  expect(seen).toEqual([null, null]);
});

test("an Authorization header of the caller's own is kept", async () => {
  const server = await serve((response) => sendJson(response, 200, { data: 1 }));
  await notes(server, { authentication: bearer(secret) }).call(
    getNote,
    { path: { id: "1" } },
    { headers: { Authorization: "Bearer of-this-call" } },
  );
  expect(server.requests[0]?.headers.authorization).toBe("Bearer of-this-call");
});

test.each(["", `${secret}\n`, `${secret} `, `${secret}\u0000`, `${secret}é`])(
  "a credential that a header cannot carry is a TypeError that does not print it (%j)",
  async (credential) => {
    expect(() => bearer(credential)).toThrow(TypeError);
    expect(() => bearer(credential)).not.toThrow(secret);
    const server = await serve((response) => sendJson(response, 200, { data: 1 }));
    const error = await rejection(
      notes(server, { authentication: bearer(() => credential) }).call(getNote, { path: { id: "1" } }),
    );
    expect(error).toBeInstanceOf(TypeError);
    expect(inspect(error)).not.toContain(secret);
    expect(server.requests).toEqual([]);
  },
);

test("a missing environment variable as a credential is a TypeError that says so", () => {
  const missing = process.env.AGENT_APIS_NO_SUCH_VARIABLE;
  expect(() => bearer(missing as string)).toThrow("it is undefined");
});

test("a header that HTTP does not allow is a TypeError that does not print it", async () => {
  const server = await serve((response) => sendJson(response, 200, { data: 1 }));
  const headers = { authorization: `Bearer ${secret}\n\u0000` };
  expect(() => notes(server, { headers })).toThrow(/"authorization"/);
  const error = await rejection(notes(server).call(getNote, { path: { id: "1" } }, { headers }));
  expect(error).toBeInstanceOf(TypeError);
  expect(inspect(error)).not.toContain(secret);
});

test("the credential is not in the message, JSON.stringify or util.inspect of an error, though the server repeats it", async () => {
  const server = await serve((response) =>
    sendJson(
      response,
      402,
      { errors: [{ code: "INSUFFICIENT_QUOTA", message: `the key ${secret} is spent` }], key: secret },
      { "set-cookie": `session=${secret}` },
    ),
  );
  const error = await rejection(notes(server, { authentication: bearer(secret) }).call(getNote, { path: { id: "1" } }));
  expect(error).toBeInstanceOf(NotesError);
  expect((error as Error).message).toBe("Notes answered 402 INSUFFICIENT_QUOTA: the key *** is spent");
  for (const printed of [String(error), JSON.stringify(error), inspect(error, { depth: 9 }), (error as Error).stack]) {
    expect(printed).not.toContain(secret);
  }
});

test("the credential is not in the error when no answer comes", async () => {
  const error = await rejection(
    notes({ url: "http://127.0.0.1:1" }, { authentication: bearer(secret) }).call(getNote, { path: { id: "1" } }),
  );
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(secret);
});

test("the credential is not in util.inspect or JSON.stringify of a client", () => {
  const client = notes({ url: api.baseUrl }, { authentication: bearer(secret) });
  expect(inspect(client, { depth: 9 }) + JSON.stringify(client)).not.toContain(secret);
});

test("a secret that a call sends is not in its error's message", async () => {
  const server = await serve((response, { body }) =>
    sendJson(response, 400, { errors: [{ message: `bad: ${body}` }] }),
  );
  const error = await rejection(notes(server).call(createNote, { params: { plainKey: "whsec_0123", text: "t" } }));
  expect((error as Error).message).toContain("bad:");
  expect((error as Error).message).not.toContain("whsec_0123");
});
