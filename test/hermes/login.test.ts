import { expect, test } from "vitest";
import { ApiAbortError, HermesError } from "../../src/hermes.js";
import { rejection, signalled } from "../runtime/support.js";
import { startHermes } from "./server.js";
import { clientOf, inSession, password } from "./support.js";

const login = "POST /api/auth/login";

function routesOf({ requests }: { requests: readonly { method: string; path: string }[] }): string[] {
  return requests.map(({ method, path }) => `${method} ${path}`);
}

test("the client logs in when the server asks for it, and only then", async () => {
  const server = await startHermes({ password });
  const hermes = clientOf(server);
  expect(await hermes.auth.status()).toMatchObject({ auth_enabled: true, logged_in: false });
  expect(server.count(login)).toBe(0);
  expect((await hermes.sessions.list()).sessions).toEqual([]);
  expect(await hermes.auth.status()).toMatchObject({ logged_in: true });
  await hermes.sessions.create({});
  expect(routesOf(server)).toEqual([
    "GET /api/auth/status",
    "GET /api/sessions",
    login,
    "GET /api/sessions",
    "GET /api/auth/status",
    "POST /api/session/new",
  ]);
});

test("a server without a password is never logged in to", async () => {
  const server = await startHermes();
  await clientOf(server).sessions.create({});
  await clientOf(server, { retry: false }).sessions.list();
  expect(server.count(login)).toBe(0);
  expect(await clientOf(server).auth.login({ password })).toEqual({ ok: true, message: "Auth not enabled" });
});

test("one login does for many requests at once", async () => {
  const server = await startHermes({ password });
  const hermes = clientOf(server);
  const calls = Array.from({ length: 20 }, (_, at) => (at % 2 ? hermes.sessions.list() : hermes.sessions.create({})));
  await Promise.all(calls);
  expect(server.count(login)).toBe(1);
  expect(server.auth.cookies).toHaveLength(1);
});

test("a request that was sent before the login was over is not a reason to log in again", async () => {
  const server = await startHermes({ password });
  const hermes = clientOf(server);
  const arrived = signalled();
  let release = () => {};
  server.intercept = ({ path, headers }, response) => {
    if (path !== "/api/projects" || headers.cookie !== undefined) return false;
    release = () => response.writeHead(401, { "content-type": "application/json" }).end("{}");
    arrived.resolve();
    return true;
  };
  const late = hermes.projects.list().catch((error) => error);
  await arrived.promise;
  await hermes.sessions.list();
  release();
  // The test's server has no projects.
  expect(await late).toMatchObject({ status: 404 });
  expect(server.count(login)).toBe(1);
});

test("when the session has ended, the client logs in again once and goes on", async () => {
  const server = await startHermes({ password });
  const hermes = clientOf(server);
  await hermes.sessions.list();
  server.auth.endSessions();
  await Promise.all([hermes.sessions.list(), hermes.sessions.list(), hermes.auth.logout()]);
  expect(server.count(login)).toBe(2);
});

test("a POST that the gate has refused is sent again with the same body, retries or not", async () => {
  const server = await startHermes({ password });
  const { hermes, id } = await inSession(server, { retry: false });
  server.auth.endSessions();
  const { session } = await hermes.sessions.rename({ session_id: id, title: "Plans" });
  expect(session.title).toBe("Plans");
  const bodies = server.requests
    .filter(({ path }) => path === "/api/session/rename")
    .map(({ body }) => body.toString());
  expect(bodies).toHaveLength(2);
  expect(bodies[1]).toBe(bodies[0]);
});

test("a wrong password is sent once, however many calls there are", async () => {
  const server = await startHermes({ password });
  const hermes = clientOf(server, { password: "wrong-password" });
  const errors = await Promise.all(Array.from({ length: 10 }, () => rejection(hermes.sessions.list())));
  errors.push(await rejection(hermes.sessions.create({})), await rejection(hermes.sessions.list()));
  for (const error of errors) {
    expect(error).toBeInstanceOf(HermesError);
    expect(error).toMatchObject({ status: 401, operation: "login", body: { error: "Invalid password" } });
  }
  expect(server.count(login)).toBe(1);
});

test("a password function is asked for every login, and a new answer is tried", async () => {
  const server = await startHermes({ password });
  const answers = ["wrong-password", "wrong-password", password, password];
  const hermes = clientOf(server, { password: async () => answers.shift() ?? "none left" });
  expect(await rejection(hermes.sessions.list())).toMatchObject({ status: 401, operation: "login" });
  expect(await rejection(hermes.sessions.list())).toMatchObject({ status: 401, operation: "login" });
  expect(server.count(login)).toBe(1);
  await hermes.sessions.list();
  server.auth.endSessions();
  await hermes.sessions.list();
  expect(server.count(login)).toBe(3);
  expect(answers).toEqual([]);
});

test("what a password function throws comes out of the call, and nothing is sent for it", async () => {
  const server = await startHermes({ password });
  const hermes = clientOf(server, { password: () => Promise.reject(new Error("The vault is locked.")) });
  expect(await rejection(hermes.sessions.list())).toMatchObject({ message: "The vault is locked." });
  expect(server.count(login)).toBe(0);
});

test("a client that is locked out is told so, and does not try again by itself", async () => {
  let now = 0;
  const server = await startHermes({ password, now: () => now });
  for (let count = 1; count <= 5; count++) {
    await rejection(clientOf(server, { password: `wrong-${count}` }).sessions.list());
  }
  const hermes = clientOf(server);
  const error = await rejection(hermes.sessions.list());
  expect(error).toBeInstanceOf(HermesError);
  expect(error).toMatchObject({
    status: 429,
    operation: "login",
    attempts: 1,
    isRetryable: false,
    body: { error: "Too many attempts. Try again in a minute." },
  });
  expect(server.count(login)).toBe(6);
  now = 60_001;
  await hermes.sessions.list();
  expect(server.count(login)).toBe(7);
});

test.each([500, 503])("a login that fails with a %i is not repeated, but the next call tries again", async (status) => {
  const server = await startHermes({ password });
  const hermes = clientOf(server);
  server.intercept = ({ path }, response) => {
    if (path !== "/api/auth/login") return false;
    response.writeHead(status).end();
    return true;
  };
  expect(await rejection(hermes.sessions.list())).toMatchObject({ status, operation: "login" });
  expect(server.count(login)).toBe(1);
  server.intercept = undefined;
  await hermes.sessions.list();
  expect(server.count(login)).toBe(2);
});

test("a session that is refused as soon as it begins is no reason to log in again and again", async () => {
  const server = await startHermes({ password });
  server.intercept = ({ path }) => {
    if (path !== "/api/auth/login") server.auth.endSessions();
    return false;
  };
  const error = await rejection(clientOf(server).sessions.list());
  expect(error).toBeInstanceOf(HermesError);
  expect(error).toMatchObject({ status: 401, operation: "listSessions", body: { error: "Authentication required" } });
  expect(server.count(login)).toBe(1);
});

test("without a password a 401 is the call's own error", async () => {
  const server = await startHermes({ password });
  const error = await rejection(clientOf(server, { password: undefined }).sessions.list());
  expect(error).toBeInstanceOf(HermesError);
  expect(error).toMatchObject({ status: 401, operation: "listSessions" });
  expect(server.count(login)).toBe(0);
});

test("a login by hand does without a password in the constructor", async () => {
  const server = await startHermes({ password });
  const hermes = clientOf(server, { password: undefined });
  expect(await hermes.auth.login({ password })).toEqual({ ok: true });
  expect((await hermes.sessions.list()).sessions).toEqual([]);
  await hermes.auth.logout();
  expect(await hermes.auth.status()).toMatchObject({ logged_in: false });
  expect(server.requests.at(-1)?.headers.cookie).toBeUndefined();
});

test("the operator's name for the cookie is as good as the server's own", async () => {
  const server = await startHermes({ password, cookieName: "operators_choice" });
  const hermes = clientOf(server);
  await hermes.sessions.list();
  await hermes.sessions.list();
  expect(server.requests.at(-1)?.headers.cookie).toBe(`operators_choice=${server.auth.cookies[0]}`);
  expect(server.count(login)).toBe(1);
});

test.each([undefined, password])(
  "a client stays in the profile that it has switched to (password: %s)",
  async (given) => {
    const server = await startHermes(given === undefined ? {} : { password: given });
    const { hermes, id } = await inSession(server);
    await hermes.profiles.switch({ name: "work" });
    expect(await hermes.profiles.getActive()).toMatchObject({ name: "work", is_default: false });
    expect(await rejection(hermes.sessions.get({ session_id: id }))).toMatchObject({
      status: 409,
      code: "session_profile_mismatch",
      body: { session_id: id, profile: "default" },
    });
    expect(await clientOf(server).profiles.getActive()).toMatchObject({ name: "default" });
  },
);

test("calls by path log in as well, and a login by path does not wait for itself", async () => {
  const server = await startHermes({ password });
  const hermes = clientOf(server);
  const wrong = await hermes.fetch.POST("/api/auth/login", { body: { password: "wrong-password" } });
  expect(wrong.response.status).toBe(401);
  const { data } = await hermes.fetch.GET("/api/sessions");
  expect(data?.sessions).toEqual([]);
  expect(server.count(login)).toBe(2);
});

test("an abort ends the wait for a login at once, and leaves the login to the others", async () => {
  const server = await startHermes({ password });
  const hermes = clientOf(server);
  const asked = signalled();
  const answer = signalled();
  const wait = async () => {
    asked.resolve();
    await answer.promise;
    return password;
  };
  const waiting = clientOf(server, { password: wait });
  const controller = new AbortController();
  const aborted = rejection(waiting.sessions.list({}, { signal: controller.signal }));
  const other = waiting.sessions.list();
  await asked.promise;
  controller.abort("enough");
  expect(await aborted).toBeInstanceOf(ApiAbortError);
  answer.resolve();
  expect((await other).sessions).toEqual([]);
  await hermes.sessions.list();
  expect(server.count(login)).toBe(2);
});
