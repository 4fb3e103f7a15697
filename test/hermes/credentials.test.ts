import { inspect } from "node:util";
import { expect, test } from "vitest";
import { ApiRedirectError, HermesError } from "../../src/hermes.js";
import { drain } from "../runtime/streams.js";
import { rejection, sendJson, serve } from "../runtime/support.js";
import { startHermes } from "./server.js";
import { clientOf, inSession, listener, password, printed } from "./support.js";

const elsewhere = () => serve((response) => sendJson(response, 200, {}, { "set-cookie": "theirs=1; Path=/" }));
const token = "csrf-token-of-the-page";
const given = (body: Buffer) => /"password":"([^"]*)"/.exec(String(body))?.[1];

test.each([302, 307])("a redirect to another origin does not take the cookies along (%i)", async (status) => {
  const other = await elsewhere();
  const server = await startHermes({ password });
  const { hermes } = await inSession(server, { csrfToken: token, headers: { "X-Api-Key": "key-of-the-gate" } });
  await hermes.profiles.switch({ name: "work" });
  const [cookie = ""] = server.auth.cookies;
  server.intercept = ({ path }, response) => {
    response.writeHead(status, { location: other.url + path }).end();
    return true;
  };
  await hermes.sessions.list();
  await hermes.sessions.create({}).catch(() => {});
  await drain(hermes.chat.resume("s"));
  expect(other.requests.length).toBeGreaterThanOrEqual(2);
  const sent = inspect(other.requests, { depth: 9 });
  for (const secret of [cookie, "work.", token, "key-of-the-gate", password]) expect(sent).not.toContain(secret);
  server.intercept = undefined;
  await hermes.sessions.list();
  expect(server.requests.at(-1)?.headers.cookie).toContain(cookie);
  expect(server.requests.at(-1)?.headers.cookie).not.toContain("theirs");
});

test.each([301, 302, 303, 307, 308])(
  "a redirect of the login does not take the password to another origin (%i)",
  async (status) => {
    const other = await elsewhere();
    const server = await startHermes({ password });
    const hermes = clientOf(server);
    await hermes.sessions.list();
    server.auth.endSessions();
    server.intercept = ({ path }, response) => {
      if (path !== "/api/auth/login") return false;
      response.writeHead(status, { location: `${other.url}/api/auth/login` }).end();
      return true;
    };
    // One client with a cookie of the past, and one without.
    for (const client of [hermes, clientOf(server)]) {
      const error = await rejection(client.sessions.list());
      if (status > 303) expect(error).toBeInstanceOf(ApiRedirectError);
      expect(printed(error)).not.toContain(password);
    }
    expect(inspect(other.requests, { depth: 9 })).not.toContain(password);
  },
);

test.each([undefined, password])("a POST is redirected within the server's origin (password: %s)", async (given) => {
  const server = await startHermes(given === undefined ? {} : { password: given });
  const hermes = clientOf(server);
  await hermes.sessions.list();
  server.intercept = ({ query }, response) => {
    if (query.has("redirected")) return false;
    response.writeHead(307, { location: "/api/session/new?redirected" }).end();
    return true;
  };
  expect((await hermes.sessions.create({})).session.title).toBe("Untitled");
});

test("a call by path to another server takes no cookie there, and does not log in for it", async () => {
  const other = await startHermes({ password: "another-password" });
  const server = await startHermes({ password });
  const hermes = clientOf(server, { csrfToken: token });
  await hermes.sessions.list();
  const { response } = await hermes.fetch.GET("/api/sessions", { baseUrl: other.url });
  expect(response.status).toBe(401);
  await hermes.fetch.POST("/api/session/new", { baseUrl: other.url, body: {} });
  expect(other.requests).toHaveLength(2);
  for (const { headers } of other.requests) {
    expect(headers.cookie).toBeUndefined();
    expect(headers["x-hermes-csrf-token"]).toBeUndefined();
  }
  expect(server.count("POST /api/auth/login")).toBe(1);
});

test("a client of one server does not know the cookies of another client's", async () => {
  const server = await startHermes({ password });
  await clientOf(server).sessions.list();
  await clientOf(server).auth.status();
  expect(server.requests.at(-1)?.headers.cookie).toBeUndefined();
});

test("requests of a browser's page are let in with the token of that page", async () => {
  const server = await startHermes({ password });
  const headers = { origin: server.url };
  const without = await rejection(clientOf(server, { headers }).sessions.create({}));
  expect(without).toBeInstanceOf(HermesError);
  expect(without).toMatchObject({ status: 403, body: { error: "Session expired - reload the page" } });
  const hermes = clientOf(server, { headers, csrfToken: () => server.auth.csrfToken });
  const { session } = await hermes.sessions.create({});
  expect(session.session_id).toMatch(/^[0-9a-f]{12}$/);
  expect(server.requests.at(-1)?.headers["x-hermes-csrf-token"]).toBe(server.auth.csrfToken);
  const foreign = clientOf(server, { headers: { origin: "https://evil.example" }, csrfToken: token });
  expect(await rejection(foreign.sessions.create({}))).toMatchObject({ status: 403 });
});

test("neither errors nor log lines nor the client itself print the password, the cookie or the token", async () => {
  const server = await startHermes({ password });
  const { logger, lines } = listener();
  const { hermes, id } = await inSession(server, { logger, logLevel: "debug", csrfToken: token });
  const turn = hermes.chat.send(id, "Hello");
  await drain(turn);
  const errors = [await rejection(hermes.sessions.get({ session_id: "unknown" }))];
  const [cookie = ""] = server.auth.cookies;
  // A server that repeats what it was sent.
  server.intercept = ({ path, headers, body }, response) => {
    if (path === "/api/crons") response.destroy();
    else if (path === "/api/sessions") response.end(`no JSON: ${headers.cookie} ${headers["x-hermes-csrf-token"]}`);
    else
      sendJson(response, 400, { error: `${headers.cookie} ${headers["x-hermes-csrf-token"]} ${body} ${given(body)}` });
    return true;
  };
  errors.push(
    await rejection(hermes.sessions.create({})),
    await rejection(hermes.auth.login({ password })),
    await rejection(hermes.sessions.list()),
    await rejection(hermes.crons.list()),
    (await drain(hermes.chat.resume("s"))).error,
  );
  expect(errors.map((error) => (error as Error).name)).toEqual([
    "HermesError",
    "HermesError",
    "HermesError",
    "ApiResponseError",
    "ApiConnectionError",
    "HermesError",
  ]);
  expect(lines.length).toBeGreaterThan(10);
  const all = [...errors, turn, lines].map(printed).join("\n");
  const client = inspect(hermes, { depth: 9 });
  for (const secret of [password, cookie, cookie.split(".")[0] ?? "", token])
    expect(all + client).not.toContain(secret);
});
