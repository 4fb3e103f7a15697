import { describe, expect, test } from "vitest";
import { judgeRecording, RecordingError, verify } from "../../src/verify/index.js";
import { KEY, rightly, serving, TINY } from "./tiny.js";

interface Entry {
  method?: string;
  url?: string;
  status?: number;
  headers?: Record<string, string>;
  body?: string;
  content?: object;
  postData?: object;
  more?: object;
}

const list = (fields: Record<string, string>) => Object.entries(fields).map(([name, value]) => ({ name, value }));

/** An archive as a browser writes it. */
const archive = (...entries: Entry[]) =>
  JSON.stringify({
    log: {
      version: "1.2",
      creator: { name: "a browser", version: "1" },
      entries: entries.map(({ method = "GET", url = "https://tiny.test/v1/things", status = 200, ...one }) => ({
        startedDateTime: "2026-01-01T00:00:00.000Z",
        time: 12,
        request: {
          method,
          url,
          headers: [{ name: ":authority", value: "tiny.test" }],
          ...(one.postData ? { postData: one.postData } : {}),
        },
        response: {
          status,
          headers: list(one.headers ?? { "content-type": "application/json" }),
          content: one.content ?? { mimeType: "application/json", text: one.body ?? '["a"]' },
          ...one.more,
        },
      })),
    },
  });

const judged = async (text: string, options = {}) => judgeRecording(TINY, text, options);
const checks = async (...entries: Entry[]) => (await judged(archive(...entries))).findings.map(({ check }) => check);

describe("a recording", () => {
  test("of a server that conforms has no findings, though a browser leaves the credentials out", async () => {
    const report = await judged(archive({}, { status: 401, headers: {}, content: { size: 0 } }));
    expect([report.findings, report.requests, report.source]).toEqual([[], 2, "recorded"]);
    expect(report.coverage.statuses.seen).toBe(2);
  });

  test("is judged by status, media type and body", async () => {
    expect(await checks({ body: "[1]" })).toEqual(["response-body"]);
    expect(await checks({ status: 302 })).toEqual(["response-status"]);
    expect(await checks({ status: 500 })).toEqual(["server-error"]);
    expect(await checks({ headers: { "content-type": "text/html" } })).toEqual(["response-media-type"]);
    expect(await checks({ body: "[" })).toEqual(["response-body-syntax"]);
    expect(await checks({ status: 0 })).toEqual(["no-answer"]);
  });

  test("is judged by what the client sent", async () => {
    const post = { method: "POST", postData: { mimeType: "application/json", text: '{"name":"much too long"}' } };
    const refused = { status: 400, headers: {}, content: { size: 0 } };
    expect(await checks({ ...post, ...refused })).toEqual(["request-invalid"]);
    expect(await checks({ ...post, body: "{}" })).toEqual(["request-accepted"]);
  });

  test("knows a body in base64, and the media type that stands only beside the body", async () => {
    const text = Buffer.from("[1]").toString("base64");
    expect(await checks({ headers: {}, content: { mimeType: "application/json", encoding: "base64", text } })).toEqual([
      "response-body",
    ]);
  });

  test("says nothing about a body that was left out, or cut off", async () => {
    expect(await checks({ content: { mimeType: "application/json", size: 4000 } })).toEqual([]);
    expect(await checks({ content: { mimeType: "application/json", size: 4000, text: '["a' } })).toEqual([]);
  });

  test("finds the API below any path, beside requests to others", async () => {
    const noise = { url: "https://metrics.test/collect?user=1" };
    const report = await judged(archive(noise, noise, { body: "[1]" }, { url: "https://tiny.test/v1/style.css" }));
    expect(report.server).toBe("https://tiny.test/v1");
    expect(report.requests).toBe(1);
    expect(report.unmatched).toEqual([
      { method: "GET", path: "https://metrics.test/…", count: 2 },
      { method: "GET", path: "/style.css", count: 1 },
    ]);
  });

  test("of nothing but the root is found as well", async () => {
    const root = structuredClone(TINY) as { paths: Record<string, unknown> };
    root.paths = { "/": root.paths["/things"] };
    const report = await judgeRecording(root, archive({ url: "https://tiny.test/", body: "[1]" }));
    expect([report.server, report.findings.map(({ check }) => check)]).toEqual([
      "https://tiny.test",
      ["response-body"],
    ]);
  });

  test("has the API where it is said to be", async () => {
    const two = archive(
      { url: "https://a.test/things" },
      { url: "https://a.test/things" },
      { url: "https://b.test/things" },
    );
    expect((await judged(two)).server).toBe("https://a.test");
    expect((await judged(two, { base: "https://b.test/" })).requests).toBe(1);
    await expect(judged(two, { base: "https://c.test" })).rejects.toThrow(
      "has no request to tiny below https://c.test",
    );
  });

  test("is judged for the operations that are wanted", async () => {
    expect((await judged(archive({ body: "[1]" }), { only: ["createThing"] })).findings).toEqual([]);
    await expect(judged(archive({}), { only: ["nothing"] })).rejects.toThrow(
      'No operation of tiny is called "nothing".',
    );
  });

  test("that we made ourselves has what was found when it was made, and nothing because of what is masked", async () => {
    const wrong: typeof rightly = (request, response) => {
      if (request.method !== "GET" || !request.headers.authorization) return void rightly(request, response);
      response.writeHead(200, { "content-type": "application/json" }).end(`["${KEY}", 7]`);
    };
    const made = await serving(wrong, ({ origin }) => verify(TINY, { server: origin, credentials: { key: KEY } }));
    const recorded = await judged(made.har());
    const facts = (findings: typeof recorded.findings) => findings.map(({ check, location }) => [check, location]);
    expect(facts(recorded.findings)).toEqual([["response-body", "/1"]]);
    expect(facts(made.report.findings)).toEqual([["response-body", "/1"]]);
  });
});

test.each([
  ["", "is not JSON"],
  ["[]", "is no HTTP Archive: it has no log.entries"],
  ['{"log":{}}', "is no HTTP Archive: it has no log.entries"],
  ['{"log":{"entries":[{"request":{"method":"GET","url":"nowhere"}}]}}', "is no HTTP Archive: entry 1 lacks"],
  ['{"log":{"entries":[]}}', "has no request to tiny in 0 entries"],
  [archive({ url: "https://elsewhere.test/x" }), "has no request to tiny in 1 entries"],
])("%j is refused: it %s", async (text, message) => {
  await expect(judged(text)).rejects.toBeInstanceOf(RecordingError);
  await expect(judged(text)).rejects.toThrow(message);
});
