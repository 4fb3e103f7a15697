import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { join } from "node:path";
import { expect, test } from "vitest";
import { listen } from "../../src/server/listen.js";
import { root } from "./copy.js";

test("npm start builds, serves documentation and mocks, says that a port is busy, and stops cleanly on Ctrl-C", async () => {
  const busy = await listen(createServer());
  const ports = ["--docs-port", String(busy.port), "--mock-port", "0"];
  const start = spawn(process.execPath, ["--import", "tsx/esm", join(root, "scripts/start.ts"), ...ports], {
    cwd: root,
  });
  const ended = new Promise<number | null>((resolve) => start.on("close", resolve));
  let output = "";
  try {
    await new Promise<void>((resolve, reject) => {
      start.stdout.on("data", (text: Buffer) => {
        output += text;
        if (output.includes("Ctrl-C stops both.")) resolve();
      });
      start.stderr.on("data", (text: Buffer) => reject(new Error(String(text))));
    });
    expect(output).toMatch(/^herobrain +18 /m);
    const docs = /^Documentation +(http:\S+)$/m.exec(output)?.[1] ?? "";
    const mock = /^Mock +(http:\S+\/herobrain) /m.exec(output)?.[1] ?? "";
    expect(output).toContain(`Port ${busy.port} is busy; using ${new URL(docs).port}.`);
    expect(new URL(docs).hostname).toBe("127.0.0.1");

    const page = await (await fetch(`${docs}herobrain/`)).text();
    expect(page).toContain("<h1>HeroBrain API</h1>");
    expect(await (await fetch(`${docs}herobrain/reference.html`)).text()).toContain('"x-evidence":"inferred"');
    const answer = await fetch(`${mock}/api/v1/webhooks`, { headers: { Authorization: "Bearer hb_x" } });
    expect(answer.status).toBe(200);
  } finally {
    start.kill("SIGINT");
  }
  expect(await ended).toBe(0);
  expect(output).toContain("Stopping.");
  await busy.close();
});
