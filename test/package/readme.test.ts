import { execFile, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Mock, startMock } from "../../src/mock/index.js";
import { listen } from "../../src/server/listen.js";
import { type Consumer, installPacked, root } from "./consumer.js";

const run = promisify(execFile);
const readme = readFileSync(join(root, "README.md"), "utf8");
const snippets = [...readme.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language = "", code = ""]) => ({
  language,
  code,
}));

/** The one snippet that holds some words. */
function snippetWith(words: string): string {
  const found = snippets.filter(({ code }) => code.includes(words));
  if (found.length !== 1) throw new Error(`README.md has ${found.length} snippets with "${words}".`);
  return found[0]!.code;
}

let consumer: Consumer;
let mock: Mock;
beforeAll(async () => {
  consumer = await installPacked();
  mock = await startMock({ port: 0 });
});
afterAll(async () => {
  await mock.close();
  await consumer.remove();
});

describe("what README.md shows works with the packed package", () => {
  test.each([
    {
      entry: "agent-apis/herobrain",
      api: "herobrain",
      before: 'tenantId: "user_12345" });',
      prints: "Met with Sarah Chen about Q4 goals...\n1 52428800 req_1234567890 999\n",
    },
    {
      entry: "agent-apis/hero",
      api: "hero",
      before: 'process.env.HERO_API_KEY ?? "" });',
      prints: "I will create the document. It has three phases.true\n",
    },
    {
      entry: "agent-apis/hermes",
      api: "hermes",
      before: 'baseUrl: "http://127.0.0.1:8787"',
      prints: "I will look at the form.Its function send is empty.",
    },
    { entry: "agent-apis/herobrain/webhooks", prints: "memory.created\n" },
  ])("the snippet of $entry compiles and runs", async ({ entry, api, before = "", prints }) => {
    const code = snippetWith(`"${entry}"`);
    await consumer.write("client.ts", code);
    const program = ts.createProgram([join(consumer.folder, "client.ts")], {
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      target: ts.ScriptTarget.ES2022,
      strict: true,
      types: ["node"],
      noEmit: true,
    });
    const messages = ts.getPreEmitDiagnostics(program).map(({ messageText }) => messageText);
    expect(messages.map((text) => ts.flattenDiagnosticMessageText(text, "\n"))).toEqual([]);

    const baseUrl = `baseUrl: ${JSON.stringify(mock.baseUrls[api ?? ""])}`;
    const local = code.replace(
      before,
      before.replace(/ \}\);$|^baseUrl.*$/, (end) => (end === " });" ? `, ${baseUrl} });` : baseUrl)),
    );
    if (api) expect(local).not.toBe(code);
    const target = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
    await consumer.write("client.js", ts.transpile(local, target));
    const { stdout } = await consumer.node(["client.js"], {
      HEROBRAIN_API_KEY: "hb_key",
      HEROBRAIN_WEBHOOK_SECRET: "whsec",
      HERO_API_KEY: "hero_ak_key",
      HERMES_PASSWORD: "correct horse battery staple",
    });
    expect(stdout).toBe(prints);
  });

  test("the mock starts with the command shown, and the curl command gets the 429 it asks for", async () => {
    const code = snippetWith("npx agent-apis mock herobrain --port");
    const [, args = ""] = /npx agent-apis (mock .*)/.exec(code) ?? [];
    const free = await listen(createServer());
    await free.close();
    const bin = join(
      consumer.installed,
      JSON.parse(readFileSync(join(consumer.installed, "package.json"), "utf8")).bin["agent-apis"],
    );
    const child = spawn(process.execPath, [bin, ...args.replace("4010", String(free.port)).split(" ")], {
      cwd: consumer.folder,
    });
    const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
    try {
      await new Promise<void>((resolve, reject) => {
        child.stdout.on("data", (text: Buffer) => void (String(text).includes(`127.0.0.1:${free.port}`) && resolve()));
        let complaint = "";
        child.stderr.on("data", (text: Buffer) => {
          complaint += text;
        });
        child.on("close", () => reject(new Error(complaint)));
      });
      const [, curl = ""] = /(curl .*)/s.exec(code) ?? [];
      const { stdout } = await run("sh", [
        "-c",
        curl.replace("4010", String(free.port)).replace("curl", "curl --silent"),
      ]);
      expect(JSON.parse(stdout).errors[0].code).toBe("RATE_LIMIT_EXCEEDED");
    } finally {
      child.kill("SIGINT");
    }
    expect(await ended).toBe(0);
  });

  test("the matcher snippet passes against the mock, and fails against a server that answers otherwise", async () => {
    const code = snippetWith("toConformTo");
    const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");
    await consumer.write("vitest.config.js", "export default {};");
    const check = async (origin: string) => {
      await consumer.write("server.test.ts", code.replace("http://127.0.0.1:4010", origin));
      return consumer.node([vitest, "run", "--root", consumer.folder], { CI: "true", NO_COLOR: "1" }).then(
        ({ stdout }) => stdout,
        (error: { stdout: string; stderr: string }) => error.stdout + error.stderr,
      );
    };
    expect(await check(mock.origin)).toMatch(/Tests +1 passed/);

    const liar = await listen(
      createServer((_request, response) =>
        response.setHeader("content-type", "application/json").end('{"success":true}'),
      ),
    );
    const failure = await check(liar.origin);
    await liar.close();
    expect(failure).toMatch(/Tests +1 failed/);
    expect(failure).toContain("metadata");
  });

  test("every file it links to exists", () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, path = ""]) => path);
    expect(links.length).toBeGreaterThan(3);
    for (const link of links) expect(existsSync(join(root, link)), link).toBe(true);
  });

  test("every npm command in README.md and CONTRIBUTING.md exists", () => {
    const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const text = readme + readFileSync(join(root, "CONTRIBUTING.md"), "utf8");
    const used = [...text.matchAll(/npm run ([\w-]+)/g)].map(([, name = ""]) => name);
    for (const name of used) expect(Object.keys(scripts)).toContain(name);
  });
});
