import { inspect } from "node:util";
import { afterEach, expect, test, vi } from "vitest";
import { CookieJar } from "../../runtime/cookies.js";
import { ApiResponseError, ApiStatusError, type Logger, type Middleware } from "../../runtime/index.js";
import { drain, startEvents, watchNotes } from "./streams.js";
import { getNote, notes, rejection, sendJson, serve, type TestServer } from "./support.js";

const one = { path: { id: "1" } };
const keep = {
  /** A jar of its own for each client. */
  get cookies() {
    return new CookieJar();
  },
};
const home = "http://notes.example";

afterEach(() => {
  vi.unstubAllEnvs();
});

function store(jar: CookieJar, lines: readonly string[], path = "/", now = 0): void {
  const headers = new Headers(lines.map((line): [string, string] => ["set-cookie", line]));
  jar.store(new Response(null, { headers }), home + path, now);
}

function jarOf(lines: readonly string[], path = "/", now = 0): CookieJar {
  const jar = new CookieJar();
  store(jar, lines, path, now);
  return jar;
}

const sent = (jar: CookieJar, path = "/", now = 0, given: string | null = null) => jar.header(home + path, given, now);

/** The `Cookie` headers that a server has got, in the order of the requests. */
const received = ({ requests }: TestServer) => requests.map(({ headers }) => headers.cookie);

test.each([
  ["a plain one", "sid=abc", "sid=abc"],
  ["one with `=` in its value", "sid=YQ==", "sid=YQ=="],
  ["one in quotes, which are a part of it", 'sid="a b"', 'sid="a b"'],
  ["an empty one", "sid=", "sid="],
  ["one with blanks around name and value", "  sid =  abc  ; Path=/", "sid=abc"],
  ["one with attributes in any case", "sid=abc; PATH=/; max-AGE=60; secure; HTTPONLY; samesite=Strict", "sid=abc"],
  ["one with attributes that nobody knows", "sid=abc; Priority=High; Partitioned; =; ;;", "sid=abc"],
  ["one for another domain", "sid=abc; Domain=elsewhere.example", "sid=abc"],
])("a cookie goes back as it came: %s", (_what, line, cookie) => {
  expect(sent(jarOf([line]))).toBe(cookie);
});

test.each(["", " ", ";", "=", "=abc", " =abc", "sid", "sid; Path=/", "; Path=/", ";=;"])(
  "a line that sets no cookie is passed over (%j)",
  (line) => {
    expect(sent(jarOf([line]))).toBeUndefined();
    expect(sent(jarOf(["a=1", line, "b=2"]))).toBe("a=1; b=2");
  },
);

test("a cookie takes the place of one with the same name and path", () => {
  expect(sent(jarOf(["sid=old", "b=2", "sid=new"]))).toBe("sid=new; b=2");
});

test("Max-Age counts from the answer, and a cookie ends with its last second", () => {
  const jar = jarOf(["sid=abc; Max-Age=60"], "/", 1_000_000);
  expect(sent(jar, "/", 1_059_999)).toBe("sid=abc");
  expect(sent(jar, "/", 1_060_000)).toBeUndefined();
});

test.each([
  ["Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT"],
  ["Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=60"],
  ["Max-Age=60; Expires=Fri, 31 Dec 2100 00:00:00 GMT"],
])("Max-Age comes before Expires, whatever their order (%s)", (attributes) => {
  const now = Date.UTC(2026, 0, 1);
  const jar = jarOf([`sid=abc; ${attributes}`], "/", now);
  expect(sent(jar, "/", now + 59_999)).toBe("sid=abc");
  expect(sent(jar, "/", now + 60_000)).toBeUndefined();
});

test.each([
  "Max-Age=0",
  "Max-Age=-1",
  "Max-Age=0; Expires=Fri, 31 Dec 2100 00:00:00 GMT",
  "Expires=Thu, 01 Jan 1970 00:00:00 GMT",
  "Expires=Thu, 01-Jan-1970 00:00:10 GMT",
])("a server ends a cookie by %s", (attributes) => {
  const now = Date.UTC(2026, 0, 1);
  const jar = jarOf(["sid=abc", "b=2"], "/", now);
  store(jar, [`sid=; ${attributes}`], "/", now);
  expect(sent(jar, "/", now)).toBe("b=2");
  // A clock that is set back must not bring it back.
  expect(sent(jar, "/", 0)).toBe("b=2");
});

test("a cookie is ended at its own path only", () => {
  const jar = jarOf(["sid=abc; Path=/notes"]);
  store(jar, ["sid=; Max-Age=0; Path=/"]);
  expect(sent(jar, "/notes/1")).toBe("sid=abc");
  store(jar, ["sid=; Max-Age=0; Path=/notes"]);
  expect(sent(jar, "/notes/1")).toBeUndefined();
});

test.each([
  ["Wed, 09 Jun 2021 10:18:14 GMT"],
  ["Wed, 09-Jun-2021 10:18:14 GMT"],
  ["Wednesday, 09-Jun-21 10:18:14 GMT"],
  ["Wed Jun  9 10:18:14 2021"],
  ["Wed, 09 Jun 2021 10:18:14"],
])("a date of any form is in GMT, wherever the client runs (%s)", (date) => {
  vi.stubEnv("TZ", "America/New_York");
  expect(new Date(0).getTimezoneOffset()).not.toBe(0);
  const end = Date.UTC(2021, 5, 9, 10, 18, 14);
  const jar = jarOf([`sid=abc; Expires=${date}`]);
  expect(sent(jar, "/", end - 1)).toBe("sid=abc");
  expect(sent(jar, "/", end)).toBeUndefined();
});

test.each([
  ...["Expires=0", "Expires=-1", "Expires=", "Expires", "Expires=tomorrow"],
  ...["Max-Age=", "Max-Age", "Max-Age=soon", "Max-Age=1.5", "Max-Age=+5", "Max-Age=-", "Max-Age=0x10"],
])("an end that cannot be understood is none (%s)", (attribute) => {
  expect(sent(jarOf([`sid=abc; ${attribute}`], "/", Date.UTC(2026, 0, 1)), "/", Date.UTC(2100, 0, 1))).toBe("sid=abc");
});

test.each([
  ["/notes/1", "", ["/notes", "/notes/", "/notes/2", "/notes/a/b"], ["/", "/notesbook", "/other/notes/1"]],
  ["/notes/a/", "", ["/notes/a", "/notes/a/b"], ["/notes", "/notes/b"]],
  ["/notes", "", ["/", "/notes", "/other/1"], []],
  ["/", "", ["/", "/notes/1"], []],
  ["/login", "; Path=/notes", ["/notes", "/notes/1"], ["/", "/notesbook", "/Notes"]],
  ["/login", "; Path=/notes/", ["/notes/", "/notes/1"], ["/notes", "/notesbook"]],
  ["/notes/1", "; Path=/", ["/", "/other"], []],
  ["/notes/1", "; Path=", ["/notes/2"], ["/"]],
  ["/notes/1", "; Path=other", ["/notes/2"], ["/", "/other"]],
  ["/notes/1", "; Path=/a; Path=/b", ["/b"], ["/a", "/notes/2"]],
  ["/notes/1", "; Path=/a; Path=b", ["/notes/2"], ["/a", "/b"]],
])("a cookie set at %s%s goes to %j and not to %j", (at, attribute, within, outside) => {
  const jar = jarOf([`sid=abc${attribute}`], `${at}?next=/x/y`);
  for (const path of within) expect(sent(jar, `${path}?q=/`), path).toBe("sid=abc");
  for (const path of outside) expect(sent(jar, path), path).toBeUndefined();
});

test("cookies of the same name at different paths are all sent, the one of the longest path first", () => {
  const jar = jarOf(["sid=root; Path=/", "sid=deep; Path=/notes/1", "sid=notes; Path=/notes"]);
  expect(sent(jar, "/notes/1")).toBe("sid=deep; sid=notes; sid=root");
  expect(sent(jar, "/other")).toBe("sid=root");
});

test("a cookie that is given by hand wins over the jar's, and the others are added to it", () => {
  const jar = jarOf(["sid=jar", "theme=dark"]);
  expect(sent(jar, "/", 0, "a=1; sid=mine")).toBe("a=1; sid=mine; theme=dark");
  expect(sent(jar, "/", 0, "")).toBe("sid=jar; theme=dark");
  expect(sent(new CookieJar(), "/", 0, "a=1")).toBe("a=1");
  expect(sent(new CookieJar())).toBeUndefined();
});

test("a client sends back all cookies of an answer, whatever its status, in calls of every kind", async () => {
  const server = await serve((response, { url }, count) => {
    if (url === "/notes/watch") {
      startEvents(response, "event: note\ndata: 1\n\n");
      return void response.end();
    }
    if (count === 1) response.setHeader("set-cookie", ["sid=abc; HttpOnly", "theme=dark; Path=/"]);
    sendJson(response, count === 1 ? 404 : 200, { data: 1 });
  });
  const client = notes(server, keep);
  await rejection(client.call(getNote, one));
  await client.call(getNote, one);
  await client.fetch.GET("/notes/{id}", { params: one });
  await drain(client.stream(watchNotes, {}));
  const both = "sid=abc; theme=dark";
  expect(received(server)).toEqual([undefined, both, both, both]);
});

test("without `cookies` a client passes over what the server sets", async () => {
  const server = await serve((response) => sendJson(response, 200, { data: 1 }, { "set-cookie": "sid=abc" }));
  for (const options of [{}, { cookies: undefined }]) {
    const client = notes(server, options);
    await client.call(getNote, one);
    await client.call(getNote, one);
  }
  expect(received(server)).toEqual([undefined, undefined, undefined, undefined]);
});

test("clients of the same server do not share their cookies", async () => {
  const server = await serve((response) => sendJson(response, 200, { data: 1 }, { "set-cookie": "sid=abc" }));
  await notes(server, keep).call(getNote, one);
  await notes(server, keep).call(getNote, one);
  expect(received(server)).toEqual([undefined, undefined]);
});

test("a request that is sent again carries the cookies of the answer before", async () => {
  const server = await serve((response, _request, count) =>
    sendJson(response, count < 2 ? 503 : 200, { data: 1 }, { "set-cookie": `n=${count}` }),
  );
  await notes(server, keep).call(getNote, one);
  expect(received(server)).toEqual([undefined, "n=1"]);
});

test("a cookie expires by the client's clock", async () => {
  let now = 0;
  const server = await serve((response, _request, count) =>
    sendJson(response, 200, { data: 1 }, count === 1 ? { "set-cookie": "sid=abc; Max-Age=60" } : {}),
  );
  const client = notes(server, keep, { now: () => now });
  for (now of [0, 59_999, 60_000]) await client.call(getNote, one);
  expect(received(server)).toEqual([undefined, "sid=abc", undefined]);
});

test("a `Cookie` header of the client or of a call wins over a cookie that the server has set", async () => {
  const server = await serve((response) => {
    response.setHeader("set-cookie", ["sid=theirs; Path=/", "theme=dark; Path=/"]);
    sendJson(response, 200, { data: 1 });
  });
  const client = notes(server, { ...keep, headers: { Cookie: "sid=mine" } });
  await client.call(getNote, one);
  await client.call(getNote, one);
  await client.call(getNote, one, { headers: { cookie: "sid=call" } });
  await client.call(getNote, one, { headers: { cookie: null } });
  expect(received(server)).toEqual([
    "sid=mine",
    "sid=mine; theme=dark",
    "sid=call; theme=dark",
    "sid=theirs; theme=dark",
  ]);
});

test("middleware sees no cookie of the jar", async () => {
  const seen: (string | null)[] = [];
  const watch: Middleware = { onRequest: ({ request }) => void seen.push(request.headers.get("cookie")) };
  const server = await serve((response) => sendJson(response, 200, { data: 1 }, { "set-cookie": "sid=abc" }));
  const client = notes(server, { ...keep, middleware: [watch] });
  await client.call(getNote, one);
  await client.call(getNote, one);
  expect(received(server)).toEqual([undefined, "sid=abc"]);
  expect(seen).toEqual([null, null]);
});

test("a request that is sent to another origin by its URL carries no cookie, and sets none", async () => {
  const elsewhere = await serve((response) =>
    sendJson(response, 200, { data: 1 }, { "set-cookie": "theirs=1; Path=/" }),
  );
  const server = await serve((response) => sendJson(response, 200, { data: 1 }, { "set-cookie": "sid=abc; Path=/" }));
  const client = notes(server, keep);
  await client.call(getNote, one);
  const options = { params: one, baseUrl: elsewhere.url };
  await client.fetch.GET("/notes/{id}", options);
  await client.fetch.GET("/notes/{id}", options);
  await client.call(getNote, one);
  expect(received(elsewhere)).toEqual([undefined, undefined]);
  expect(received(server)).toEqual([undefined, "sid=abc"]);
});

test.each([
  ["has cookies", "sid=abc; Path=/"],
  ["has none, so that fetch itself follows", "sid=; Max-Age=0"],
])(
  "a redirect to another origin takes no cookie along and brings none back, where the jar %s",
  async (_which, line) => {
    const elsewhere = await serve((response) =>
      sendJson(response, 200, { data: "away" }, { "set-cookie": "theirs=1; Path=/" }),
    );
    const server = await serve((response, { url }) => {
      if (url === "/notes/2") return void response.writeHead(302, { location: `${elsewhere.url}/notes/2` }).end();
      sendJson(response, 200, { data: "home" }, { "set-cookie": line });
    });
    const client = notes(server, keep);
    await client.call(getNote, one);
    expect(await client.call(getNote, { path: { id: "2" } })).toBe("away");
    await client.call(getNote, one);
    expect(received(elsewhere)).toEqual([undefined]);
    const own = line.startsWith("sid=abc") ? "sid=abc" : undefined;
    expect(received(server)).toEqual([undefined, own, own]);
  },
);

test.each([
  ["without a cookie before", []],
  ["with one", ["theme=dark; Path=/"]],
])("the cookies of the answer that a redirect within the origin leads to are kept, %s", async (_which, lines) => {
  const server = await serve((response, { url }) => {
    if (url === "/notes/2") return void response.writeHead(303, { location: "/deep/arrived" }).end();
    response.setHeader("set-cookie", url === "/deep/arrived" ? "sid=abc" : lines);
    sendJson(response, 200, { data: url });
  });
  const client = notes(server, keep);
  await client.call(getNote, one);
  expect(await client.call(getNote, { path: { id: "2" } })).toBe("/deep/arrived");
  await client.call({ ...getNote, path: "/deep/{id}" }, one);
  await client.call(getNote, one);
  const theme = lines.length > 0 ? ["theme=dark"] : [];
  expect(received(server).slice(-2)).toEqual([["sid=abc", ...theme].join("; "), theme[0]]);
});

test("an error and the log do not print a cookie that the server repeats", async () => {
  const cookies = ["sid=s3cr3t/s3ssion; Path=/", 'csrf="t0p-quoted"; Path=/'];
  const echo = "no session s3cr3t/s3ssion, s3cr3t%2Fs3ssion or t0p-quoted";
  const server = await serve((response, { url }, count) => {
    if (count === 1) response.setHeader("set-cookie", cookies);
    if (url === "/notes/2") return void response.writeHead(200, { "content-type": "text/plain" }).end(echo);
    sendJson(response, count === 1 ? 200 : 503, { data: 1, errors: [{ message: echo }] });
  });
  const lines: unknown[] = [];
  const line = (...args: unknown[]) => void lines.push(args);
  const logger: Logger = { debug: line, info: line, warn: line, error: line };
  const client = notes(server, { ...keep, logger });
  await client.call(getNote, one);
  const refused = await rejection(client.call(getNote, one));
  const unread = await rejection(client.call(getNote, { path: { id: "2" } }));
  expect(received(server)[1]).toBe('sid=s3cr3t/s3ssion; csrf="t0p-quoted"');
  expect(refused).toBeInstanceOf(ApiStatusError);
  expect((refused as Error).message).toBe("Notes answered 503 Service Unavailable: no session ***, *** or ***");
  expect((unread as ApiResponseError).snippet).toBe("no session ***, *** or ***");
  expect(unread).toBeInstanceOf(ApiResponseError);
  for (const printed of [refused, unread, lines]) {
    expect(inspect(printed, { depth: 9 }) + JSON.stringify(printed)).not.toMatch(/s3cr3t|t0p-quoted/);
  }
});
