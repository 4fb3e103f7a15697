import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import {
  ApiClient,
  type ApiClientOptions,
  type ApiDescriptor,
  type Deprecation,
  queryKey,
  type RateLimit,
} from "../../runtime/index.js";
import { drain, startEvents, watchNotes } from "./streams.js";
import {
  api,
  createNote,
  getNote,
  notes,
  type PathsOfNotes,
  rejection,
  sendJson,
  serve,
  signalled,
  watchTimers,
} from "./support.js";

const one = { path: { id: "1" } };
const byPath = { params: one };
const now = Date.UTC(2025, 10, 22, 12);

/** A client whose clock stands still. */
function still({ url }: { readonly url: string }, rateLimit: ApiDescriptor["rateLimit"], options: ApiClientOptions) {
  const descriptor = { ...api, ...(rateLimit && { rateLimit }) };
  return new ApiClient<PathsOfNotes>(
    descriptor,
    { baseUrl: url, ...options },
    { now: () => now, sleep: async () => {} },
  );
}

describe("onRateLimit", () => {
  const unixSeconds = api.rateLimit;
  const deltaSeconds = {
    limit: "RateLimit-Limit",
    remaining: "RateLimit-Remaining",
    reset: "RateLimit-Reset",
    resetUnit: "delta-seconds",
    retryAfter: "Retry-After",
  } as const;
  const retryAfterAlone = { retryAfter: "Retry-After" };

  test.each<[string, ApiDescriptor["rateLimit"], Record<string, string>, RateLimit]>([
    [
      "X-RateLimit-* with a reset in Unix time",
      unixSeconds,
      { "x-ratelimit-limit": "1000", "x-ratelimit-remaining": "7", "x-ratelimit-reset": `${now / 1000 + 60}` },
      { limit: 1000, remaining: 7, reset: new Date(now + 60_000) },
    ],
    [
      "RateLimit-* with a reset in seconds from now on",
      deltaSeconds,
      { "ratelimit-limit": "100", "ratelimit-remaining": "0", "ratelimit-reset": "30", "retry-after": "30" },
      { limit: 100, remaining: 0, reset: new Date(now + 30_000), retryAfterMs: 30_000 },
    ],
    ["Retry-After alone", retryAfterAlone, { "retry-after": "5", "x-ratelimit-limit": "3" }, { retryAfterMs: 5000 }],
  ])("tells what %s says, of calls, calls by path and streams", async (_what, names, headers, expected) => {
    const server = await serve((response, { url }) => {
      if (url !== "/notes/watch") return sendJson(response, 200, { data: 1 }, headers);
      startEvents(response, "", headers);
      response.end();
    });
    const told: RateLimit[] = [];
    const client = still(server, names, { onRateLimit: (rateLimit) => told.push(rateLimit) });
    await client.call(getNote, one);
    await client.fetch.GET("/notes/{id}", byPath);
    await drain(client.stream(watchNotes, {}));
    expect(told).toEqual([expected, expected, expected]);
  });

  test("is called after each answer, also one that is not the last, and before the call is settled", async () => {
    const server = await serve((response, _request, count) =>
      sendJson(response, [503, 429, 404][count - 1] ?? 200, {}, { "x-ratelimit-remaining": `${9 - count}` }),
    );
    const told: unknown[] = [];
    const client = notes(server, { onRateLimit: ({ remaining }) => told.push(remaining) });
    expect(await rejection(client.call(getNote, one))).toMatchObject({ status: 404 });
    expect(told).toEqual([8, 7, 6]);
  });

  test("is not called after an answer that tells nothing, and not after one that is nonsense", async () => {
    const server = await serve((response, _request, count) =>
      sendJson(response, 200, { data: 1 }, count === 1 ? {} : { "x-ratelimit-limit": "many", "retry-after": "soon" }),
    );
    const told: RateLimit[] = [];
    const client = notes(server, { onRateLimit: (rateLimit) => told.push(rateLimit) });
    await client.call(getNote, one);
    await client.call(getNote, one);
    expect(told).toEqual([]);
  });

  test("is not called for an answer of another origin", async () => {
    const elsewhere = await serve((response) => sendJson(response, 200, { data: 1 }, { "x-ratelimit-limit": "5" }));
    const told: RateLimit[] = [];
    const client = notes({ url: "http://127.0.0.1:1" }, { onRateLimit: (rateLimit) => told.push(rateLimit) });
    await client.fetch.GET("/notes/{id}", { ...byPath, baseUrl: elsewhere.url });
    expect(told).toEqual([]);
  });
});

test.each(["onRateLimit", "onDeprecation"] as const)(
  "what %s throws is what the call is rejected with, at once, and the connection is free",
  async (name) => {
    const pending = watchTimers();
    const closed = signalled();
    const server = await serve((response) => {
      response.on("close", closed.resolve);
      response.writeHead(200, { "x-ratelimit-limit": "5", deprecation: "@0" }).write("a body that never ends");
    });
    const refused = new Error("that is enough");
    const client = notes(server, {
      [name]: () => {
        throw refused;
      },
    });
    expect(await rejection(client.call(getNote, one))).toBe(refused);
    expect(pending()).toBe(0);
    expect(server.requests).toHaveLength(1);
    await closed.promise;
  },
);

describe("onDeprecation", () => {
  const at = (iso: string) => new Date(iso);
  const since = "@1688169599";

  test.each<[string, Record<string, string>, Partial<Deprecation>]>([
    ["a structured date (RFC 9745)", { deprecation: since }, { deprecated: at("2023-06-30T23:59:59Z") }],
    ["a date before 1970", { deprecation: "@-86400" }, { deprecated: at("1969-12-31T00:00:00Z") }],
    [
      "an HTTP date, as earlier drafts had it",
      { deprecation: "Sun, 11 Nov 2018 23:59:59 GMT" },
      { deprecated: at("2018-11-11T23:59:59Z") },
    ],
    ["no date", { deprecation: "true" }, {}],
    ["a date that is none", { deprecation: "@soon" }, {}],
    ["a sunset alone (RFC 8594)", { sunset: "Sat, 31 Dec 2033 23:59:59 GMT" }, { sunset: at("2033-12-31T23:59:59Z") }],
    [
      "all there is",
      {
        deprecation: since,
        sunset: "Sat, 31 Dec 2033 23:59:59 GMT",
        link: '<https://notes.example/style.css>; rel="preload", <https://notes.example/v2>; type="text/html"; rel="deprecation"',
      },
      {
        deprecated: at("2023-06-30T23:59:59Z"),
        sunset: at("2033-12-31T23:59:59Z"),
        link: "https://notes.example/v2",
      },
    ],
    ["the link of a sunset", { sunset: "soon", link: "</end>; rel=sunset" }, { link: "/end" }],
    [
      "a successor",
      { deprecation: since, link: '</v2>; rel="next successor-version"' },
      { deprecated: at("2023-06-30T23:59:59Z"), link: "/v2" },
    ],
  ])("tells of %s", async (_what, headers, expected) => {
    const server = await serve((response) => sendJson(response, 200, { data: 1 }, headers));
    const told: Deprecation[] = [];
    await notes(server, { onDeprecation: (deprecation) => told.push(deprecation) }).call(getNote, one);
    const nothing = { deprecated: undefined, sunset: undefined, link: undefined };
    expect(told).toEqual([{ operation: "getNote", method: "GET", path: "/notes/{id}", ...nothing, ...expected }]);
  });

  test("is called once for each operation, however often and however it is called", async () => {
    const server = await serve((response) => sendJson(response, 404, {}, { deprecation: since }));
    const told: string[] = [];
    const client = notes(server, { onDeprecation: ({ method, path }) => told.push(`${method} ${path}`) });
    await rejection(client.call(getNote, one));
    await rejection(client.call(getNote, { path: { id: "2" } }));
    await client.fetch.GET("/notes/{id}", byPath);
    await rejection(client.call(createNote, { params: {} }));
    await drain(client.stream(watchNotes, {}));
    expect(told).toEqual(["GET /notes/{id}", "POST /notes", "GET /notes/watch"]);
    await rejection(notes(server, { onDeprecation: ({ method }) => told.push(method) }).call(getNote, one));
    expect(told).toHaveLength(4);
  });

  test("is not called where no header says so", async () => {
    const server = await serve((response) => sendJson(response, 200, { data: 1 }, { link: '</v2>; rel="sunset"' }));
    const told: Deprecation[] = [];
    await notes(server, { onDeprecation: (deprecation) => told.push(deprecation) }).call(getNote, one);
    expect(told).toEqual([]);
  });

  test("without it the logger is warned, once, and else it is not", async () => {
    const server = await serve((response) =>
      sendJson(
        response,
        200,
        { data: 1 },
        { deprecation: since, sunset: "Sat, 31 Dec 2033 23:59:59 GMT", link: '</v2>; rel="deprecation"' },
      ),
    );
    const lines: unknown[] = [];
    const logger = { debug() {}, info() {}, error() {}, warn: (...line: unknown[]) => void lines.push(line) };
    const client = notes(server, { logger });
    await client.call(getNote, one);
    await client.call(getNote, one);
    const facts = {
      operation: "getNote",
      method: "GET",
      path: "/notes/{id}",
      deprecated: at("2023-06-30T23:59:59Z"),
      sunset: at("2033-12-31T23:59:59Z"),
      link: "/v2",
    };
    expect(lines).toEqual([["Notes GET /notes/{id} is deprecated and ends on 2033-12-31, see /v2", facts]]);
    await notes(server, { logger, onDeprecation: () => {} }).call(getNote, one);
    expect(lines).toHaveLength(1);
  });

  test("a link that repeats the credential is logged without it", async () => {
    const secret = "hb_s3cr3t-credential";
    const server = await serve((response, { url }) =>
      sendJson(response, 200, { data: 1 }, { deprecation: since, link: `<${url}>; rel="deprecation"` }),
    );
    const lines: unknown[] = [];
    const logger = { debug() {}, info() {}, error() {}, warn: (...line: unknown[]) => void lines.push(line) };
    await notes(server, { logger, authentication: queryKey("sig", secret) }).call(getNote, one);
    expect(inspect(lines, { depth: 9 })).toContain("see /notes/1?sig=***");
    expect(inspect(lines, { depth: 9 })).not.toContain(secret);
  });
});
