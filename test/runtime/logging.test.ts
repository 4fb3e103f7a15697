import { expect, test } from "vitest";
import { bearer, type Logger } from "../../runtime/index.js";
import { getNote, notes, sendJson, serve } from "./support.js";

type Line = readonly [level: string, message: string, details: Readonly<Record<string, unknown>> | undefined];

function recorder(): { lines: Line[]; logger: Logger } {
  const lines: Line[] = [];
  const at = (level: string) => (message: string, details?: Readonly<Record<string, unknown>>) => {
    lines.push([level, message, details]);
  };
  return { lines, logger: { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") } };
}

test("each request and answer is a debug line, each retry a warning", async () => {
  const server = await serve((response, _request, count) => sendJson(response, count < 2 ? 503 : 200, { data: 1 }));
  const { lines, logger } = recorder();
  await notes(server, { logger }, { now: () => 0, random: () => 0.5 }).call(getNote, { path: { id: "1" } });
  const url = `${server.url}/notes/1`;
  const facts = { operation: "getNote", method: "GET", url };
  expect(lines).toEqual([
    ["debug", `Notes GET ${url}`, { ...facts, attempt: 1 }],
    ["debug", `Notes GET ${url} answered 503 in 0 ms`, { ...facts, attempt: 1, status: 503, ms: 0 }],
    ["warn", `Notes GET ${url} answered 503, sending it again in 250 ms`, { ...facts, attempt: 1, waitMs: 250 }],
    ["debug", `Notes GET ${url}`, { ...facts, attempt: 2 }],
    ["debug", `Notes GET ${url} answered 200 in 0 ms`, { ...facts, attempt: 2, status: 200, ms: 0 }],
  ]);
});

test("neither the credential nor a secret in the query is logged", async () => {
  const server = await serve((response) => sendJson(response, 503, { data: "a-secret-credential" }));
  const { lines, logger } = recorder();
  const client = notes(server, { logger, authentication: bearer("a-secret-credential") });
  const query = { token: "t0p-s3cr3t" };
  await client.fetch.GET("/notes/{id}", { params: { path: { id: "1" }, query } });
  expect(server.requests[0]?.url).toBe("/notes/1?token=t0p-s3cr3t");
  expect(JSON.stringify(lines)).toContain("token=***");
  expect(JSON.stringify(lines)).not.toMatch(/a-secret-credential|t0p-s3cr3t/);
});

test("console is a logger", () => {
  const logger: Logger = console;
  expect(notes({ url: "http://127.0.0.1:1" }, { logger })).toBeDefined();
});
