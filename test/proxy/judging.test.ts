import { mkdtemp, readFile, rm } from "node:fs/promises";
import type { RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startProxy } from "../../src/testing/index.js";
import { judgeRecording } from "../../src/verify/index.js";
import { API, headers, KEY, proxying } from "./api.js";
import { bytesOf, send, serving, signal } from "./servers.js";

const answers =
  (body: unknown, status = 200, more: Record<string, string> = {}): RequestListener =>
  (incoming, response) => {
    incoming.resume();
    response.writeHead(status, { "content-type": "application/json", ...more }).end(JSON.stringify(body));
  };

const get = (path: string) => async (proxy: { origin: string; until(count: number): Promise<void> }) => {
  await (await fetch(proxy.origin + path, { headers, redirect: "manual" })).arrayBuffer();
  await proxy.until(1);
};

const checks = ({ report }: Awaited<ReturnType<typeof proxying>>) =>
  report.findings.map(({ check, operationId, location }) => [check, operationId, location].filter(Boolean).join(" "));

describe("an exchange", () => {
  test("with which nothing is wrong is no finding, and counts as covered", async () => {
    const { report, told } = await proxying(answers(["a"]), get("/things?limit=3&tags=a&tags=b"));
    expect(report.findings).toEqual([]);
    expect(report.coverage.operations).toEqual({ seen: 1, total: 4 });
    expect(report.coverage.parameters.seen).toBe(2);
    expect(told).toMatchObject([{ operationId: "listThings", status: 200, path: "/things?limit=3&tags=a&tags=b" }]);
  });

  test("is judged by its status, its headers and its body", async () => {
    expect(checks(await proxying(answers([1]), get("/things")))).toEqual(["response-body listThings /0"]);
    expect(checks(await proxying(answers([], 302, { location: "https://elsewhere.test/" }), get("/things/1")))).toEqual(
      ["redirect-elsewhere getThing Location", "response-status getThing"],
    );
    expect(checks(await proxying(answers({}, 500), get("/things")))).toEqual(["server-error listThings"]);
    expect(checks(await proxying(answers(["a"], 200, { "x-shard": "7" }), get("/things")))).toEqual([
      "response-header-undocumented listThings x-shard",
    ]);
  });

  test("is judged although it is compressed", async () => {
    const listener: RequestListener = (_request, response) => {
      response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" });
      response.end(gzipSync("[1]"));
    };
    expect(checks(await proxying(listener, get("/things")))).toEqual(["response-body listThings /0"]);
  });

  test("for no operation is passed, counted and listed, and is no finding", async () => {
    const { report, told } = await proxying(answers({}), get("/style.css?v=2"));
    expect(report.findings).toEqual([]);
    expect([report.requests, report.unmatched]).toEqual([0, [{ method: "GET", path: "/style.css", count: 1 }]]);
    expect(told[0]?.remarks).toEqual(["no operation of the description"]);
  });

  test("without an answer is a finding, and the client gets 502", async () => {
    const gone = await serving(
      () => {},
      async ({ origin }) => origin,
    );
    const proxy = await startProxy(API, { target: gone });
    expect((await fetch(`${proxy.origin}/things`, { headers })).status).toBe(502);
    const { findings } = await proxy.close();
    expect(findings.map(({ check, message }) => [check, message])).toEqual([
      ["no-answer", "The connection failed: the connection is refused."],
    ]);
  });

  test("that the client leaves is no fault of the server", async () => {
    const { report, told } = await proxying(
      (_request, response) => void response.writeHead(200, { "content-type": "application/json" }).write("["),
      async ({ origin, until }) => {
        const stop = new AbortController();
        await fetch(`${origin}/things`, { headers, signal: stop.signal });
        stop.abort();
        await until(1);
      },
    );
    expect(report.findings).toEqual([]);
    expect(told[0]?.remarks).toEqual(["the client left"]);
  });
});

describe("a request", () => {
  test.each([
    ["/things?limit=11", "query limit"],
    ["/things?limit=many", "query limit"],
    ["/things?tags=a&tags=c", "query tags"],
  ])("%s that is refused is the client's fault, and only a warning", async (path, location) => {
    const { report } = await proxying((incoming, response) => {
      incoming.resume();
      response.writeHead(400).end();
    }, get(path));
    expect(report.findings.map((one) => [one.severity, one.check, one.location])).toEqual([
      ["warning", "request-invalid", location],
    ]);
  });

  test("that is invalid and accepted is the server's fault", async () => {
    const { report } = await proxying(answers(["a"]), get("/things?limit=11"));
    expect(report.findings.map((one) => [one.severity, one.check])).toEqual([["error", "request-accepted"]]);
  });

  test.each([
    ["{}", "application/json", "the body must have required property 'name'"],
    ['{"name":1}', "application/json", "the body at /name must be string"],
    ["{", "application/json", "the body is not application/json"],
    ["name=x", "text/plain", "the media type is not documented"],
    ["", "application/json", "the body is required, but was not sent"],
  ])("with the body %j of %s is judged", async (body, type, message) => {
    const { report } = await proxying(
      (incoming, response) => {
        incoming.resume();
        response.writeHead(400).end();
      },
      async ({ origin, until }) => {
        await send(`${origin}/things`, { method: "POST", headers: { ...headers, "content-type": type } }, body);
        await until(1);
      },
    );
    expect(report.findings.map((one) => one.message)).toEqual([`The client sent what is not described: ${message}.`]);
  });

  test("without a credential that is answered nevertheless is a finding, unless the server is said to be open", async () => {
    const anonymous = async ({ origin, until }: { origin: string; until(count: number): Promise<void> }) => {
      await (await fetch(`${origin}/things`)).arrayBuffer();
      await until(1);
    };
    expect(checks(await proxying(answers(["a"]), anonymous))).toEqual(["authentication-not-enforced listThings"]);
    expect(checks(await proxying(answers(["a"]), anonymous, { noAuth: true }))).toEqual([]);
  });
});

describe("a stream", () => {
  test("is judged event by event: a wrong one is told of while the stream goes on", async () => {
    const told = signal();
    const { report } = await proxying(
      async (_request, response) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.write('event: tick\ndata: {"n":"one"}\n\n');
        // Waits for ever, were events judged at the end.
        await told.given;
        response.end("event: end\ndata: {}\n\n");
      },
      async ({ origin, told: entries, until }) => {
        const response = await fetch(`${origin}/events`, { headers });
        await until(1);
        expect(entries[0]).toMatchObject({
          isOpen: true,
          findings: [{ check: "response-event", location: "/data/n" }],
        });
        told.give();
        await response.text();
        await until(2);
      },
    );
    expect(report.findings.map(({ check, occurrences }) => [check, occurrences])).toEqual([["response-event", 1]]);
  });

  test.each([
    ["event: tick\ndata: {}\n\n", "stream-cut-off"],
    ["event: word\ndata: {}\n\nevent: end\ndata: {}\n\n", "response-event-undocumented"],
    ["event: end\ndata: oops\n\n", "response-event"],
  ])("%j is found to be wrong", async (text, check) => {
    const { report } = await proxying((_request, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" }).end(text);
    }, get("/events"));
    expect(report.findings.map((one) => one.check)).toEqual([check]);
  });
});

describe("what is longer than is kept", () => {
  test("is passed to its end and not judged, and that is told", async () => {
    const long = JSON.stringify(["x".repeat(5000), 1]);
    let got = 0;
    const { report, told } = await proxying(
      async (incoming, response) => {
        got = (await bytesOf(incoming)).length;
        response.writeHead(200, { "content-type": "application/json" }).end(long);
      },
      async ({ origin, until }) => {
        const answer = await fetch(`${origin}/things`, { headers });
        expect(await answer.text()).toBe(long);
        const body = JSON.stringify({ name: 7, filler: "y".repeat(5000) });
        await send(
          `${origin}/things`,
          { method: "POST", headers: { ...headers, "content-type": "application/json" } },
          body,
        );
        expect(got).toBe(body.length);
        await until(2);
      },
      { judgeUpTo: 1000 },
    );
    expect(report.findings).toEqual([]);
    expect(told.flatMap(({ remarks }) => remarks)).toEqual([
      "the answer is longer than 1000 bytes, or coded: not judged",
      "its body is longer than 1000 bytes, or coded: not judged",
      "the answer is longer than 1000 bytes, or coded: not judged",
    ]);
  });
});

describe("secrets", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "agent-apis-proxy-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const SECRETS = [KEY, "cookie-value-1", "other-cookie-2", "pin-4711-secret", "made-api-key-3", "query-token-55"];

  test("are in nothing that is told, reported or recorded, wherever a client or a server puts them", async () => {
    const har = join(folder, "all.har");
    const { report, told } = await proxying(
      (incoming, response) => {
        incoming.resume();
        const cookie = { "set-cookie": "session=other-cookie-2; Path=/; HttpOnly" };
        // Comes back with everything that it was told, and with a key of its own.
        const body = {
          apiKey: "made-api-key-3",
          echo: `${incoming.headers.authorization} ${incoming.url} pin-4711-secret`,
        };
        response.writeHead(200, { "content-type": "application/json", ...cookie }).end(JSON.stringify(body));
      },
      async ({ origin, until }) => {
        const all = { ...headers, cookie: "session=cookie-value-1", "content-type": "application/json" };
        const body = JSON.stringify({ name: 5, pin: "pin-4711-secret" });
        await send(`${origin}/things?token=query-token-55`, { method: "POST", headers: all }, body);
        await send(`${origin}/reset/made-api-key-3?token=query-token-55`, { headers: all });
        await send(`${origin}/things/other-cookie-2`, { headers: all });
        await until(3);
      },
      { har },
    );
    const written = [JSON.stringify(report), JSON.stringify(told), await readFile(har, "utf8")].join("\n");
    for (const secret of SECRETS) expect(written).not.toContain(secret);
    expect(JSON.parse(await readFile(har, "utf8")).log.entries).toHaveLength(3);
    expect(report.findings.length).toBeGreaterThan(0);
  });

  test("that are known only later are taken out of what was recorded before", async () => {
    const har = join(folder, "late.har");
    await proxying(
      answers({ id: "1" }),
      async ({ origin, until }) => {
        await send(`${origin}/unknown/${KEY}`);
        await send(`${origin}/things/1`, { headers });
        await until(2);
      },
      { har },
    );
    const text = await readFile(har, "utf8");
    expect(text).not.toContain(KEY);
    expect(text).toContain("/unknown/***");
  });

  test("a recording is judged as the traffic was", async () => {
    const har = join(folder, "again.har");
    const { report } = await proxying(answers([1]), get("/things?limit=3"), { har });
    const again = await judgeRecording(API, await readFile(har, "utf8"));
    const facts = (one: typeof report) =>
      one.findings.map(({ check, location, pointer }) => [check, location, pointer]);
    expect(facts(again)).toEqual(facts(report));
  });
});

test("a port that is busy is not taken", async () => {
  await serving(answers({}), async ({ origin, port }) => {
    await expect(startProxy(API, { target: origin, port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  });
});
