import type { RequestListener } from "node:http";
import { describe, expect, test } from "vitest";
import { SelectionError, UnreachableError, type VerifyOptions, verify } from "../../src/verify/index.js";
import { KEY, rightly, serving, TINY } from "./tiny.js";

const check = (listener: RequestListener, options: Partial<VerifyOptions> = {}) =>
  serving(listener, ({ origin }) =>
    verify(TINY, { server: origin, credentials: { key: KEY }, write: true, ...options }),
  );

const checksOf = ({ report }: Awaited<ReturnType<typeof check>>) =>
  report.findings.map((one) => `${one.severity} ${one.check}`);

/** Answers wrongly to what makes things. */
const wrongPost: RequestListener = (request, response) => {
  if (request.method !== "POST" || !request.headers.authorization) return void rightly(request, response);
  request.resume();
  response.writeHead(200, { "content-type": "application/json" }).end("[]");
};

describe("verify", () => {
  test("finds nothing where nothing is wrong", async () => {
    const { report } = await check(rightly);
    expect(report.findings).toEqual([]);
    expect(report.coverage.operations).toEqual({ seen: 2, total: 2 });
  });

  test("warns of what contradicts an inferred part, and --strict makes that an error", async () => {
    expect(checksOf(await check(wrongPost))).toContain("warning response-body");
    expect(checksOf(await check(wrongPost, { strict: true }))).toContain("error response-body");
  });

  test("sends nothing that can change something unless it may", async () => {
    const methods = new Set<string>();
    const { report } = await check(
      (request, response) => {
        methods.add(request.method ?? "");
        return rightly(request, response);
      },
      { write: false },
    );
    expect([...methods]).toEqual(["GET"]);
    expect(report.leftOut).toEqual([{ operationId: "createThing", reason: "can change something: needs --write" }]);
  });

  test("never follows a redirect, and reports one to another server", async () => {
    let strangers = 0;
    await serving(
      (_request, response) => {
        strangers++;
        response.end();
      },
      async ({ origin }) => {
        const listener: RequestListener = (_request, response) => response.writeHead(302, { location: origin }).end();
        expect(checksOf(await check(listener))).toContain("error redirect-elsewhere");
      },
    );
    expect(strangers).toBe(0);
  });

  test("gives a server up that answers at first and then no more, and says how much was not sent", async () => {
    let answered = 0;
    const listener: RequestListener = (request, response) => (answered++ < 2 ? rightly(request, response) : undefined);
    const { report } = await check(listener, { timeoutMs: 100, concurrency: 1 });
    expect(report.ended).toBe("unanswered");
    expect(report.notRun).toBeGreaterThan(0);
    expect(report.findings.map((one) => one.check)).toContain("no-answer");
  });

  test("says that nothing answers where nothing answers", async () => {
    const gone = await serving(rightly, async ({ origin }) => origin);
    await expect(verify(TINY, { server: gone })).rejects.toBeInstanceOf(UnreachableError);
    await expect(verify(TINY, { server: gone })).rejects.toThrow("the connection is refused");
  });

  test("stops at the end of its budget, and nothing that was under way counts against the server", async () => {
    const slow: RequestListener = (request, response) => void setTimeout(() => rightly(request, response), 50);
    const { report } = await check(slow, { budgetMs: 120, concurrency: 1 });
    expect(report.ended).toBe("budget");
    expect(report.notRun).toBeGreaterThan(0);
    expect(report.findings).toEqual([]);
  });

  test("ends when it is told to, with what it has found", async () => {
    const stop = new AbortController();
    const onProgress = ({ done }: { done: number }) => (done === 3 ? stop.abort() : undefined);
    const { report } = await check(wrongPost, { signal: stop.signal, onProgress, concurrency: 1 });
    expect(report.ended).toBe("interrupted");
    expect(report.notRun).toBeGreaterThan(0);
  });

  test("waits as long as a 429 asks for, and asks again", async () => {
    let refused = 0;
    const listener: RequestListener = (request, response) => {
      if (request.url === "/things" && request.headers.authorization && refused++ === 0) {
        return void response.writeHead(429, { "retry-after": "0" }).end();
      }
      return rightly(request, response);
    };
    expect(checksOf(await check(listener))).toEqual([]);
  });

  test("leaves out what it has no credential for, but tries it without one", async () => {
    const { report } = await check(rightly, { credentials: {} });
    expect(report.findings).toEqual([]);
    expect([...new Set(report.undecided.map(({ reason }) => reason))]).toEqual(["no credential was given for it"]);
  });

  test("cannot be held up by a stream that does not end", async () => {
    const description = structuredClone(TINY) as { paths: Record<string, Record<string, { responses: object }>> };
    const content = { "text/event-stream": { itemSchema: { type: "object" }, example: "data: 1\n\n" } };
    Object.assign(description.paths["/things"]?.get?.responses ?? {}, { "200": { description: "Events.", content } });
    const listener: RequestListener = (request, response) => {
      if (!request.headers.authorization) return void response.writeHead(401).end();
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write("data: 1\n\n");
    };
    const { report } = await serving(listener, ({ origin }) =>
      verify(description, { server: origin, credentials: { key: KEY }, timeoutMs: 200 }),
    );
    expect(report.findings).toEqual([]);
    expect(report.ended).toBeUndefined();
  });

  test("selects operations by globs and tags, and refuses those that select nothing", async () => {
    const operations = async (options: Partial<VerifyOptions>) => (await check(rightly, options)).report.operations;
    expect(await operations({ only: ["*Things"] })).toEqual(["listThings"]);
    expect(await operations({ skip: ["list*"] })).toEqual(["createThing"]);
    expect(await operations({ tags: ["Making"] })).toEqual(["createThing"]);
    await expect(operations({ only: ["nothing*"] })).rejects.toBeInstanceOf(SelectionError);
    await expect(operations({ tags: ["Nothing"] })).rejects.toThrow('No operation of tiny has the tag "Nothing".');
  });

  test("sends the same in the same order for the same seed", async () => {
    const sent = async (seed: number) => {
      const lines: string[] = [];
      await check(
        (request, response) => {
          lines.push(`${request.method} ${request.headers["content-length"]}`);
          return rightly(request, response);
        },
        { seed, concurrency: 1, fuzz: 5 },
      );
      return lines;
    };
    expect(await sent(7)).toEqual(await sent(7));
    expect(await sent(7)).not.toEqual(await sent(8));
  });

  test("fuzzing finds what no documented value shows, and makes it small", async () => {
    const listener: RequestListener = async (request, response) => {
      if (request.method !== "POST" || !request.headers.authorization) return rightly(request, response);
      let body = "";
      for await (const chunk of request) body += chunk;
      const name = body === "" ? undefined : JSON.parse(body)?.name;
      if (Array.isArray(name) || name === null) return void response.writeHead(500).end();
      if (typeof name !== "string" || [...name].length > 5) return void response.writeHead(400).end();
      response.writeHead(200, { "content-type": "application/json" }).end("{}");
    };
    const { report } = await check(listener, { fuzz: 100, skipCases: ["createThing: *"] });
    const found = report.findings.find((one) => one.check === "server-error");
    expect(found?.exchange.curl).toMatch(/\{"name":(\[\]|null)\}/);
  });
});
