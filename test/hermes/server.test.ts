import { request as httpRequest } from "node:http";
import { expect, test } from "vitest";
import { type HermesServer, startHermes } from "./server.js";
import { password } from "./support.js";

// What the dossier says of a server, so that the clients' tests stand on firm ground.

async function post(server: HermesServer, path: string, body: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const response = await fetch(server.url + path, { method: "POST", body: text, headers });
  return { status: response.status, headers: response.headers, body: (await response.json()) as unknown };
}

async function cookieOf(server: HermesServer): Promise<string> {
  const { headers } = await post(server, "/api/auth/login", { password });
  return headers.getSetCookie()[0]?.split(";")[0] ?? "";
}

test("the login sets a cookie in the server's form", async () => {
  const server = await startHermes({ password });
  const { body, headers } = await post(server, "/api/auth/login", { password });
  expect(body).toEqual({ ok: true });
  expect(headers.get("content-type")).toBe("application/json");
  expect(headers.getSetCookie()).toEqual([
    expect.stringMatching(
      /^hermes_session=[0-9a-f]{64}\.[0-9a-f]{64}; HttpOnly; Max-Age=2592000; Path=\/; SameSite=Lax$/,
    ),
  ]);
});

test("the gate answers 401 before it looks for the path", async () => {
  const server = await startHermes({ password });
  const answer = await post(server, "/api/nothing", {});
  expect(answer).toMatchObject({ status: 401, body: { error: "Authentication required" } });
  expect(answer.headers.get("content-type")).toBe("application/json");
  const cookie = await cookieOf(server);
  expect(await post(server, "/api/nothing", {}, { cookie })).toMatchObject({
    status: 404,
    body: { error: "not found" },
  });
  expect(await post(server, "/api/session/new", {}, { cookie: `${cookie}0` })).toMatchObject({ status: 401 });
});

test("five failures lock the login for a minute that slides, and a success clears the count", async () => {
  let now = 0;
  const server = await startHermes({ password, now: () => now });
  const attempt = async (given: string) => (await post(server, "/api/auth/login", { password: given })).status;
  const wrong = (count: number) => Promise.all(Array.from({ length: count }, () => attempt("wrong")));
  expect(await wrong(4)).toEqual([401, 401, 401, 401]);
  expect(await attempt(password)).toBe(200);
  expect(await wrong(4)).toEqual([401, 401, 401, 401]);
  now = 30_000;
  expect([await attempt("wrong"), await attempt(password)]).toEqual([401, 429]);
  now = 60_000;
  expect(await attempt(password)).toBe(200);
});

test("the origin of unsafe requests is checked, and the token of those that come from a page", async () => {
  const server = await startHermes({ password });
  const cookie = await cookieOf(server);
  const status = async (headers: Record<string, string>) =>
    (await post(server, "/api/session/new", {}, { cookie, ...headers })).status;
  expect(await status({})).toBe(200);
  expect(await status({ origin: "https://evil.example" })).toBe(403);
  expect(await status({ origin: server.url })).toBe(403);
  expect(await status({ origin: server.url, "x-hermes-csrf-token": server.auth.csrfToken })).toBe(200);
  expect(await status({ origin: server.url, "x-csrf-token": server.auth.csrfToken })).toBe(200);
});

test("a body that is no JSON is an empty object, and an array is a failure", async () => {
  const server = await startHermes();
  const missing = { status: 400, body: { error: "Missing required field(s): session_id, title" } };
  expect(await post(server, "/api/session/rename", "{not JSON")).toMatchObject(missing);
  expect(await post(server, "/api/session/rename", "")).toMatchObject(missing);
  expect(await post(server, "/api/session/rename", [])).toMatchObject({ status: 500 });
  const large = await post(server, "/api/session/rename", " ".repeat(20_971_521));
  expect(large).toMatchObject({
    status: 413,
    body: { error: "Request body too large (20971521 bytes, max 20971520)" },
  });
});

test("a body without a length is not read", async () => {
  const server = await startHermes();
  const status = await new Promise<number | undefined>((resolve) => {
    const request = httpRequest(`${server.url}/api/session/rename`, { method: "POST" }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.write('{"session_id":"s",');
    request.end('"title":"t"}');
  });
  expect(status).toBe(400);
  expect(server.requests[0]?.headers["transfer-encoding"]).toBe("chunked");
});

test("long JSON is compressed", async () => {
  const server = await startHermes();
  const { headers } = await post(server, "/api/session/new", {});
  expect(headers.get("content-encoding")).toBe("gzip");
  expect((await post(server, "/api/nothing", {})).headers.get("content-encoding")).toBeNull();
});
