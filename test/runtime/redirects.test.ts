import type { IncomingHttpHeaders } from "node:http";
import { inspect } from "node:util";
import { expect, test } from "vitest";
import {
  ApiConnectionError,
  ApiError,
  ApiRedirectError,
  type Authentication,
  bearer,
  CookieJar,
  headerKey,
  type Middleware,
  queryKey,
} from "../../runtime/index.js";
import { watchNotes } from "./streams.js";
import {
  createNote,
  getNote,
  notes,
  rejection,
  searchNotes,
  sendJson,
  serve,
  signalled,
  type TestServer,
  watchTimers,
} from "./support.js";

const secret = "hb_s3cr3t-credential";
const one = { path: { id: "1" } };
const keys: [string, Authentication][] = [
  ["header", headerKey("X-Id", secret)],
  ["query", queryKey("sig", secret)],
  ["bearer", bearer(secret)],
];

const answer = () => serve((response) => sendJson(response, 200, { data: "arrived" }));
const redirect = (location: (url: string) => string, status = 302) =>
  serve((response, { url }) => response.writeHead(status, { location: location(url) }).end());
const everything = ({ requests }: TestServer) => inspect(requests, { depth: 9 });

test.each(keys)(
  "a redirect to another origin does not take the credential along (%s)",
  async (_place, authentication) => {
    const elsewhere = await answer();
    const home = await redirect((url) => `${elsewhere.url}${url}&signature=theirs`, 307);
    const call = notes(home, { authentication, headers: { "X-Api-Key": secret, "x-trace": "t" } });
    const { data, response } = await call.call(getNote, one).withResponse();
    expect(data).toBe("arrived");
    expect(response.redirected).toBe(true);
    expect(everything(home)).toContain(secret);
    expect(everything(elsewhere)).not.toContain(secret);
    expect(elsewhere.requests[0]).toMatchObject({ method: "GET", headers: { accept: "application/json" } });
    expect(elsewhere.requests[0]?.headers["x-trace"]).toBeUndefined();
    expect(elsewhere.requests[0]?.url).toMatch(/signature=theirs$/);
  },
);

test.each([307, 308])("a body is not sent to another origin, with or without a credential (%d)", async (status) => {
  const elsewhere = await answer();
  const home = await redirect((url) => elsewhere.url + url, status);
  for (const options of [{}, { authentication: bearer(secret) }, { authentication: headerKey("X-Id", secret) }]) {
    const error = await rejection(notes(home, options).call(createNote, { params: { plainKey: "s3cr3t" } }));
    expect(error).toBeInstanceOf(ApiRedirectError);
    expect(error).toMatchObject({ isRetryable: false, attempts: 1, message: expect.stringContaining(elsewhere.url) });
    expect(inspect(error, { depth: 9 })).not.toMatch(new RegExp(`${secret}|s3cr3t`));
  }
  expect(elsewhere.requests).toEqual([]);
});

test.each([301, 302, 303])(
  "a POST that is redirected to another origin arrives there without its body (%d)",
  async (status) => {
    const elsewhere = await answer();
    const home = await redirect((url) => elsewhere.url + url, status);
    expect(await notes(home).call(createNote, { params: { text: "t" } })).toBe("arrived");
    expect(elsewhere.requests[0]).toMatchObject({ method: "GET", body: "" });
  },
);

test("cookies that a redirecting answer sets go along within the origin, and nowhere else", async () => {
  const elsewhere = await answer();
  const home = await serve((response, { url }) => {
    const headers = { "set-cookie": "sid=new; Path=/" };
    if (url === "/notes") return response.writeHead(303, { ...headers, location: "/landing" }).end();
    if (url === "/notes/1") return response.writeHead(302, { ...headers, location: `${elsewhere.url}/landing` }).end();
    return sendJson(response, 200, { data: "landed" });
  });
  const client = notes(home, { cookies: new CookieJar(), headers: { cookie: "sid=old; theme=dark" } });
  expect(await client.call(createNote, { params: { text: "t" } })).toBe("landed");
  expect(home.requests.map(({ headers }) => headers.cookie)).toEqual(["sid=old; theme=dark", "theme=dark; sid=new"]);
  expect(await client.call(getNote, one)).toBe("arrived");
  expect(elsewhere.requests[0]?.headers.cookie).toBeUndefined();
});

test.each(keys)(
  "a request that middleware sends to another origin carries no credential (%s)",
  async (_place, authentication) => {
    const home = await answer();
    const elsewhere = await answer();
    const divert: Middleware = {
      onRequest: ({ request }) => new Request(request.url.replace(home.url, elsewhere.url)),
    };
    await notes(home, { authentication, middleware: [divert] }).call(getNote, one);
    await notes(home, { authentication }).fetch.GET("/notes/{id}", {
      params: { path: { id: "1" } },
      baseUrl: elsewhere.url,
    });
    expect(elsewhere.requests).toHaveLength(2);
    expect(everything(elsewhere)).not.toContain(secret);
  },
);

test("headers that the constructor was given go to the client's own origin only, whatever they are called", async () => {
  const elsewhere = await answer();
  const home = await redirect((url) => elsewhere.url + url);
  const client = notes(home, { headers: { "Cf-Access-Client-Id": secret } });
  expect(await client.call(getNote, one)).toBe("arrived");
  await client.fetch.GET("/notes/{id}", { params: one, baseUrl: elsewhere.url, headers: { "x-own": "kept" } } as never);
  expect(everything(home)).toContain(secret);
  expect(everything(elsewhere)).not.toContain(secret);
  expect(elsewhere.requests[1]?.headers["x-own"]).toBe("kept");
});

test("a credential that was left behind does not come back on the way home", async () => {
  const paths: [string, IncomingHttpHeaders][] = [];
  const elsewhere = await redirect((url) => `${home.url}${url}/back`);
  const home = await serve((response, { url, headers }) => {
    paths.push([url, headers]);
    if (url.endsWith("back")) return sendJson(response, 200, { data: "home" });
    response.writeHead(302, { location: `${elsewhere.url}/away` }).end();
  });
  expect(await notes(home, { authentication: headerKey("X-Id", secret) }).call(getNote, one)).toBe("home");
  expect(paths.map(([url, headers]) => [url, headers["x-id"]])).toEqual([
    ["/notes/1", secret],
    ["/away/back", undefined],
  ]);
});

test("a redirect within the origin takes a header along and is followed by fetch's rules", async () => {
  const server = await serve((response, { url }) => {
    const status = Number(url.split("/")[1]);
    if (!status) return sendJson(response, 200, { data: url });
    response.writeHead(status, { location: "../arrived" }).end();
  });
  const client = notes(server, { authentication: headerKey("X-Id", secret) });
  for (const status of [301, 302, 303, 307, 308]) {
    const operation = { ...createNote, path: `/${status}/notes` };
    expect(await client.call(operation, { params: { text: "t" } })).toBe("/arrived");
    const last = server.requests.at(-1);
    expect(last?.headers["x-id"]).toBe(secret);
    const kept = status > 303;
    expect(last).toMatchObject(kept ? { method: "POST", body: '{"text":"t"}' } : { method: "GET", body: "" });
    expect(last?.headers["content-type"]).toBe(kept ? "application/json" : undefined);
  }
  expect(await client.call({ ...createNote, method: "PUT", path: "/302/notes" }, { params: { text: "t" } })).toBe(
    "/arrived",
  );
  expect(server.requests.at(-1)).toMatchObject({ method: "PUT", body: '{"text":"t"}' });
});

test.each([
  ["in a circle", (url: string) => url, /more than 20 times/],
  ["to a file", () => "file:///etc/passwd", /no web address/],
  ["to nowhere", () => "http://", /no web address/],
])("a redirect %s is an ApiRedirectError that does not print the credential", async (_name, location, reason) => {
  const server = await redirect(location);
  const client = notes(server, { authentication: queryKey("sig", secret), retry: false });
  const error = await rejection(client.call(getNote, one));
  expect(error).toMatchObject({ name: "ApiRedirectError", message: expect.stringMatching(reason) });
  expect(inspect(error, { depth: 9 })).not.toContain(secret);
});

test("a redirect's own body is given up, so that its connection is free", async () => {
  const closed = signalled();
  const server = await serve((response, { url }) => {
    if (url === "/arrived") return sendJson(response, 200, { data: 1 });
    response.on("close", closed.resolve);
    response.writeHead(302, { location: "/arrived" }).write("a body that never ends");
  });
  expect(await notes(server, { authentication: headerKey("X-Id", secret) }).call(getNote, one)).toBe(1);
  await closed.promise;
});

test("redirects of a request with a credential of any kind are followed by hand, since not every fetch keeps it at home", async () => {
  const modes: string[] = [];
  const watched: typeof fetch = (input) => {
    modes.push((input as Request).redirect);
    return fetch(input);
  };
  const server = await answer();
  await notes(server, { fetch: watched }).call(getNote, one);
  await notes(server, { fetch: watched, authentication: bearer(secret) }).call(getNote, one);
  await notes(server, { fetch: watched, authentication: headerKey("X-Id", secret) }).call(getNote, one);
  expect(modes).toEqual(["follow", "manual", "manual"]);
});

test("a redirect without a place to go is the answer", async () => {
  const server = await serve((response) => response.writeHead(304).end());
  const error = await rejection(notes(server, { authentication: headerKey("X-Id", secret) }).call(getNote, one));
  expect(error).toMatchObject({ status: 304 });
});

test("a runtime that hides where a redirect leads cannot follow it with a credential", async () => {
  const hiding = async (input: RequestInfo | URL) => {
    const { redirect } = input as Request;
    return redirect === "manual"
      ? Object.defineProperty(new Response(), "type", { value: "opaqueredirect" })
      : fetch(input);
  };
  const client = notes(
    { url: "http://127.0.0.1:1" },
    { fetch: hiding, authentication: headerKey("X-Id", secret), retry: false },
  );
  expect(await rejection(client.call(getNote, one))).toMatchObject({ name: "ApiRedirectError" });
});

test("a body that is a stream is not redirected", async () => {
  const server = await redirect(() => "/elsewhere", 307);
  const client = notes(server, { authentication: headerKey("X-Id", secret) });
  const body = new Blob(["{}"]).stream();
  const call = client.fetch.POST("/notes", { body: {}, bodySerializer: () => body, duplex: "half" } as never);
  expect(await rejection(call)).toMatchObject({
    name: "ApiRedirectError",
    message: expect.stringContaining("a request whose body can be sent only once"),
  });
});

test("the caller decides about redirects where it says so", async () => {
  const server = await redirect(() => "/elsewhere");
  const client = notes(server, { authentication: headerKey("X-Id", secret) });
  const { response } = await client.fetch.GET("/notes/{id}", { params: one, redirect: "manual" });
  expect(response.status).toBe(302);
});

test.each<[string, (client: ReturnType<typeof notes>) => PromiseLike<unknown>]>([
  ["a call", (client) => client.call(getNote, one)],
  ["a call by path", (client) => client.fetch.GET("/notes/{id}", { params: one })],
  ["a stream", (client) => client.stream(watchNotes, {}).withResponse()],
  ["a POST that only reads", (client) => client.call(searchNotes, { params: {} })],
])("a redirect that is refused is told after one attempt, and leaves nothing behind: %s", async (_what, call) => {
  const pending = watchTimers();
  const server = await redirect(() => "ftp://x.test/");
  const error = await rejection(call(notes(server, { authentication: headerKey("X-Id", secret) })));
  expect(error).toBeInstanceOf(ApiRedirectError);
  expect(error).toBeInstanceOf(ApiError);
  expect(error).not.toBeInstanceOf(ApiConnectionError);
  expect(error).toMatchObject({ attempts: 1, isRetryable: false });
  expect(server.requests).toHaveLength(1);
  expect(pending()).toBe(0);
});
