import { createServer } from "node:http";
import { Ajv } from "ajv";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { verifyTable } from "../../src/cli/verify-table.js";
import { type Listening, listen } from "../../src/server/listen.js";
import { FORMATS } from "../../src/verify/formats/index.js";
import { type Verification, verify } from "../../src/verify/index.js";
import { KEY, TINY } from "./tiny.js";

/** A server that answers everything with something that would be markup, a command, or a secret, if it were let. */
let listening: Listening;
let made: Verification;
beforeAll(async () => {
  const server = createServer((request, response) => {
    request.resume();
    const body = JSON.stringify({
      "</code><script>alert(1)</script>": `\u001b[31m | \`# ${request.headers.authorization}`,
    });
    response.writeHead(200, { "content-type": "application/json", "set-cookie": "session=hidden-cookie" }).end(body);
  });
  listening = await listen(server);
  made = await verify(TINY, { server: listening.origin, credentials: { key: KEY }, write: true });
});
afterAll(() => listening.close());

const written = (name: string) => FORMATS[name]?.(made.report) ?? "";

describe("no format", () => {
  test.each([...Object.keys(FORMATS), "table", "har"])("shows a credential or a cookie: %s", (name) => {
    const text = name === "table" ? verifyTable(made.report) : name === "har" ? made.har() : written(name);
    expect(text).not.toContain(KEY);
    expect(text).not.toContain("hidden-cookie");
    expect(text).not.toContain("\u001b[31m");
  });

  test.each(["junit", "html"])("lets an answer become markup: %s", (name) => {
    expect(written(name)).not.toContain("<script>alert");
  });
});

test("the table fits 80 columns but for the curl lines, which are for copying", () => {
  const lines = verifyTable(made.report).split("\n");
  expect(lines.filter((line) => line.length > 80 && !line.trimStart().startsWith("curl "))).toEqual([]);
  expect(lines.join("\n")).toMatch(/^error authentication-not-enforced F307 {2}listThings$/m);
});

test("JSON has every finding with operation, check, fault class, pointer, evidence, curl and client", () => {
  const { findings } = JSON.parse(written("json"));
  const found = findings.find((one: { check: string }) => one.check === "authentication-not-enforced");
  expect(found).toMatchObject({
    operationId: "listThings",
    severity: "error",
    fault: { code: "F307", name: "accessible without authentication" },
    pointer: "/security",
    evidence: "documented",
    expected: "401",
    received: "200",
  });
  expect(found.exchange.curl).toBe(`curl -sS -i '${listening.origin}/things'`);
  expect(found.exchange.client).toBe("await tiny.things.list()");
});

test("a curl line takes its credential from the environment", () => {
  const { findings } = JSON.parse(written("json"));
  const curls = findings.map((one: { exchange: { curl: string } }) => one.exchange.curl).join("\n");
  expect(curls).toContain('-H "authorization: Bearer $AGENT_APIS_TINY_KEY"');
  expect(curls).toContain(`-d '{"name":"it'\\''s"}'`);
});

test("JUnit has a test case for every operation, and a failure for every error", () => {
  const xml = written("junit");
  const errors = made.report.findings.filter(({ severity }) => severity === "error");
  expect(xml.match(/<testcase /g)).toHaveLength(2);
  expect(xml.match(/<failure /g)).toHaveLength(errors.length);
  expect(xml).toContain(`failures="${errors.length}"`);
});

test("SARIF has a rule for every result, and says where in the description it belongs", () => {
  const { version, runs } = JSON.parse(written("sarif"));
  expect(version).toBe("2.1.0");
  const [{ results, tool }] = runs;
  expect(results).toHaveLength(made.report.findings.length);
  for (const { ruleId, ruleIndex, level } of results) {
    expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
    expect(["error", "warning", "note"]).toContain(level);
  }
});

test("the HAR has every exchange, in the shape of version 1.2", () => {
  const { log } = JSON.parse(made.har());
  const request = {
    type: "object",
    required: ["method", "url", "httpVersion", "cookies", "headers", "queryString", "headersSize", "bodySize"],
  };
  const response = {
    type: "object",
    required: [
      "status",
      "statusText",
      "httpVersion",
      "cookies",
      "headers",
      "content",
      "redirectURL",
      "headersSize",
      "bodySize",
    ],
  };
  const entry = {
    type: "object",
    required: ["startedDateTime", "time", "request", "response", "cache", "timings"],
    properties: { request, response, timings: { required: ["send", "wait", "receive"] } },
  };
  expect(log.version).toBe("1.2");
  expect(log.entries).toHaveLength(made.report.requests);
  expect(new Ajv({ strict: false }).validate({ type: "array", items: entry }, log.entries)).toBe(true);
});
