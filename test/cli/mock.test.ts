import { createServer as createHttpServer } from "node:http";
import { createServer } from "node:net";
import { afterEach, expect, test } from "vitest";
import { verify } from "../../src/herobrain/webhooks.js";
import { listen } from "../../src/server/listen.js";
import { type Running, start } from "./command.js";

const ready = /herobrain {2}(http:\/\/127\.0\.0\.1:(\d+)\/herobrain)\n[\s\S]*Press Ctrl-C to stop\.\n/;
const running: Running[] = [];

afterEach(() => {
  for (const { process } of running.splice(0)) process.kill("SIGKILL");
});

async function startMock(...args: string[]): Promise<{ command: Running; baseUrl: string }> {
  const command = start(["mock", "herobrain", ...args]);
  running.push(command);
  const [, baseUrl = ""] = await command.printed(ready);
  return { command, baseUrl };
}

test("prints the address of an API and a curl command that gets an answer", async () => {
  const { command } = await startMock("--port", "0");
  const [, url = ""] = await command.printed(/curl '?(http[^\s']+)/);
  const [, name = "", value = ""] = await command.printed(/-H '([^:]+): ([^']+)'/);
  expect((await fetch(url, { headers: { [name]: value } })).status).toBe(200);
  expect(command.stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
});

test("logs one line a request, with the reason of a refusal and without a secret", async () => {
  const { command, baseUrl } = await startMock("--port", "0");
  const path = "/api/v1/memories?tenantId=user_1&limit=101";
  await fetch(`${baseUrl}${path}&token=hidden`, { headers: { authorization: "Bearer hidden" } });
  await command.printed(/^\d\d:\d\d:\d\d GET {4}400 +\d+ ms {2}\S+&token=\*{3} {2}query limit must be <= 100$/m);
  await fetch(`${baseUrl}${path}`);
  await command.printed(/ 401 .*no credential; needs Authorization: Bearer/);
  expect(command.stdout + command.stderr).not.toContain("hidden");
});

test("--quiet keeps requests to itself", async () => {
  const { command, baseUrl } = await startMock("--port", "0", "--quiet");
  await fetch(`${baseUrl}/nothing`);
  command.process.kill("SIGTERM");
  expect((await command.exit).stdout).not.toContain("/nothing");
});

test("no colours are printed when stdout is no terminal", async () => {
  const { command, baseUrl } = await startMock("--port", "0");
  await fetch(`${baseUrl}/nothing`);
  await command.printed(/nothing/);
  expect(command.stdout).not.toContain("\u001b");
});

test("a busy port is said to be busy, and the next free one is used", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const { port } = other.address() as { port: number };
  const { command, baseUrl } = await startMock("--port", String(port));
  other.close();
  expect(command.stdout).toContain(`Port ${port} is busy; using ${new URL(baseUrl).port}.\n`);
  expect((await fetch(`${baseUrl}/api/v1/api-keys`)).status).toBe(401);
});

test.each(["SIGINT", "SIGTERM"] as const)("%s stops it with code 0 and frees the port", async (signal) => {
  const { command, baseUrl } = await startMock("--port", "0");
  await (await fetch(`${baseUrl}/api/v1/api-keys`)).text();
  command.process.kill(signal);
  expect(await command.exit).toMatchObject({ code: 0, signal: null, stderr: "" });
  await expect(fetch(baseUrl)).rejects.toThrow();
});

test("a signal that npm hands on a second time does not make a clean stop a forced one", async () => {
  const { command } = await startMock("--port", "0");
  command.process.kill("SIGINT");
  command.process.kill("SIGINT");
  expect(await command.exit).toMatchObject({ code: 0 });
});

test("--api serves one API at the root, and its address has no path", async () => {
  const command = start(["mock", "--api", "hermes", "--port", "0"]);
  running.push(command);
  const [, origin = ""] = await command.printed(/^hermes {2}(http:\/\/127\.0\.0\.1:\d+)\n[\s\S]*Press Ctrl-C/m);
  const [, curl = ""] = await command.printed(/curl (http\S+)/);
  expect(new URL(curl).origin).toBe(origin);
  expect((await fetch(curl)).status).toBe(200);
});

test("Ctrl-C ends it at once, with streams that wait, answers that stall and webhooks in turn", async () => {
  const args = ["mock", "--api", "hermes", "--port", "0", "--pace", "1h"];
  const command = start([...args, "--webhooks-to", "http://127.0.0.1:3000/", "--webhooks-every", "1h"]);
  running.push(command);
  const [, origin = ""] = await command.printed(/^hermes {2}(\S+)\n[\s\S]*Press Ctrl-C/m);
  const headers = { cookie: "hermes_session=x" };
  const stream = await fetch(`${origin}/api/chat/stream?stream_id=${"0".repeat(32)}`, { headers });
  const stalled = await fetch(`${origin}/api/auth/status`, { headers: { "mock-fault": "stall" } });
  const late = fetch(`${origin}/api/auth/status`, { headers: { "mock-fault": "delay=3600000" } });
  const ends = [stream.text(), stalled.text(), late].map((end) => expect(end).rejects.toThrow());
  command.process.kill("SIGINT");
  expect(await command.exit).toMatchObject({ code: 0, signal: null, stderr: "" });
  await Promise.all(ends);
});

test("--stateful keeps what is created, and says so", async () => {
  const { command, baseUrl } = await startMock("--port", "0", "--stateful");
  expect(command.stdout).toMatch(/^What is created is kept.*_mock\/reset\.$/m);
  expect(command.stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  const headers = { authorization: "Bearer x", "content-type": "application/json" };
  const body = JSON.stringify({ content: "Water the plants", type: "task", tenantId: "user_1" });
  const created = await fetch(`${baseUrl}/api/v1/memories`, { method: "POST", headers, body });
  const path = `/api/v1/memories/${(await created.json()).data.id}?tenantId=user_1`;
  expect((await (await fetch(baseUrl + path, { headers })).json()).data.content).toBe("Water the plants");
  await fetch(`${baseUrl}/_mock/reset`, { method: "POST" });
  expect((await fetch(baseUrl + path, { headers })).status).toBe(404);
  await command.printed(/ 404 .*the mock keeps no such thing$/m);
});

test("--fault lets requests go wrong, and the log tells of it", async () => {
  const { command, baseUrl } = await startMock("--port", "0", "--fault", "listApiKeys:429; retry-after=2; times=1");
  const headers = { authorization: "Bearer x" };
  const refused = await fetch(`${baseUrl}/api/v1/api-keys`, { headers });
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "2"]);
  expect((await fetch(`${baseUrl}/api/v1/api-keys`, { headers })).status).toBe(200);
  await command.printed(/ 429 .* fault: 429; retry-after=2; times=1$/m);
});

test("--webhooks-to sends what an operation causes, signed, and prints that it was sent", async () => {
  const verified: unknown[] = [];
  const receiver = await listen(
    createHttpServer(async (request, response) => {
      let body = "";
      for await (const piece of request.setEncoding("utf8")) body += piece;
      verified.push(await verify(body, request.headers, "s3cret").catch((error) => error));
      response.end();
    }),
  );
  const { command, baseUrl } = await startMock(
    "--port",
    "0",
    "--webhooks-to",
    receiver.origin,
    "--webhook-secret",
    "s3cret",
  );
  const headers = { authorization: "Bearer x", "content-type": "application/json" };
  const body = JSON.stringify({ content: "a", type: "task", tenantId: "t" });
  await fetch(`${baseUrl}/api/v1/memories`, { method: "POST", headers, body });
  await command.printed(/^\d\d:\d\d:\d\d SENT {3}200 +\d+ ms {2}memory\.created$/m);
  expect(verified).toMatchObject([{ event: "memory.created" }]);
  expect(command.stdout).not.toContain("s3cret");
  await receiver.close();
});

test("whoever stops reading, as head does, ends it without a stack trace", async () => {
  const { command, baseUrl } = await startMock("--port", "0");
  command.process.stdout?.destroy();
  await fetch(`${baseUrl}/nothing`).catch(() => {});
  expect(await command.exit).toMatchObject({ code: 0, stderr: "" });
});
