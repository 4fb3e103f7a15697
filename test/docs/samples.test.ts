import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Mock, startMock } from "../../src/mock/index.js";
import { listen } from "../../src/server/listen.js";
import { readFences, writeOutputs } from "./samples/fences.js";
import { addressesOf, problemsOf, type RunOptions, runSamples, type Sample, typeErrors } from "./samples.js";

let mock: Mock;
beforeAll(async () => {
  mock = await startMock({ apis: ["herobrain"], port: 0 });
});
afterAll(() => mock.close());

const ts = (code: string, more: Partial<Sample> = {}): Sample => ({ id: code, language: "ts", code, ...more });
const sh = (code: string, more: Partial<Sample> = {}): Sample => ({ id: code, language: "sh", code, ...more });
const run = (samples: Sample[], options: Partial<RunOptions> = {}) =>
  runSamples(samples, { addresses: addressesOf(mock), env: { HEROBRAIN_API_KEY: "hb_key" }, ...options });

const memory = "https://api.herobrain.ai/api/v1/memories/mem_1?tenantId=user_12345";
const byClient = `import { HeroBrain } from "agent-apis/herobrain";
const hb = new HeroBrain({ apiKey: process.env.HEROBRAIN_API_KEY ?? "", tenantId: "user_12345" });
const { id } = await hb.memories.get("mem_1");
console.log(id);`;

test.each([true, false])(
  "a client and curl reach the mock at the vendor's address (together: %s)",
  async (together) => {
    const curl = `curl "${memory}" -H "Authorization: Bearer $HEROBRAIN_API_KEY"`;
    const [module, shell] = await run([ts(byClient), sh(curl)], { together });
    expect(module).toMatchObject({ stdout: "mem_abc123def456\n", stderr: "", exitCode: 0 });
    expect(JSON.parse(shell!.stdout).data.id).toBe("mem_abc123def456");
  },
);

test.each([true, false])("no sample reaches another machine (together: %s)", async (together) => {
  const fetched = ts(`await fetch("http://203.0.113.1/").catch((error) => console.log(error.cause.message));`);
  const results = await run([fetched, sh("curl --max-time 5 http://203.0.113.1/", { exitCode: 7 })], { together });
  expect(results[0]?.stdout).toBe("A sample may not connect to 203.0.113.1.\n");
  expect(results[1]).toMatchObject({ exitCode: 7, stdout: expect.stringContaining("127.0.0.1 port 9") });
});

test.each([true, false])("an error fails its own sample and no other (together: %s)", async (together) => {
  const [failed, fine] = await run([ts(`throw new TypeError("no");`), ts(`console.log(1);`)], { together });
  expect(failed).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("TypeError: no") });
  expect(fine).toMatchObject({ exitCode: 0, stdout: "1\n", stderr: "" });
});

test.each([true, false])("a sample that never ends is ended (together: %s)", async (together) => {
  const [result] = await run([ts("setInterval(() => {}, 1000); await new Promise(() => {});")], {
    together,
    timeoutMs: 1500,
  });
  expect(result?.exitCode).toBeNull();
});

test("the first command that fails ends a sample for a shell", async () => {
  const [result] = await run([sh("echo before\nfalse\necho after")]);
  expect(result).toMatchObject({ stdout: "before\n", exitCode: 1 });
});

test("a server goes on at the port that its sample names, although another has that port", async () => {
  const other: Server = createServer((_request, response) => response.end("another"));
  const { port, close } = await listen(other);
  const server = ts(`import { createServer } from "node:http";
createServer((request, response) => {
  console.log(request.method);
  response.end("the sample's");
}).listen(${port});`);
  const [served, asked] = await run([
    { ...server, output: { format: "text", text: "GET" } },
    sh(`curl http://127.0.0.1:${port}/`),
  ]);
  await close();
  expect(asked?.stdout).toBe("the sample's");
  expect(served?.stdout).toBe("GET\n");
});

test("a mock that a sample starts serves the samples behind it, and shows the port that it was given", async () => {
  const [started, asked] = await run([
    sh("npx agent-apis mock --api herobrain --port 4321 --fault '*:429'"),
    sh(
      `curl -w '%{http_code}' -o answer.json -H "Authorization: Bearer k" "${memory.replace("https://api.herobrain.ai", "http://127.0.0.1:4321")}"`,
    ),
  ]);
  expect(started?.stdout).toContain("herobrain  http://127.0.0.1:4321\n");
  expect(asked?.stdout).toBe("429");
});

test("a test file that fails says which test and why", async () => {
  const code = `import { expect, test } from "vitest";\ntest("one is two", () => expect(1).toBe(2));`;
  const [result] = await run([ts(code)]);
  expect(result).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/^one is two: expected 1 to be 2/) });
});

test("an npm command for a package that package.json does not have fails", async () => {
  const [known, unknown] = await run([
    sh("npm install --save-dev ajv ajv-formats"),
    sh("npm install @stoplight/prism-cli@1.0.0"),
  ]);
  expect(known?.exitCode).toBe(0);
  expect(unknown).toMatchObject({ exitCode: 1, stdout: expect.stringContaining("@stoplight/prism-cli@1.0.0") });
});

test("what is printed and not shown is a problem, and so is another exit code", () => {
  const printed = { id: "", stdout: "took 12 ms\n", stderr: "", exitCode: 0 };
  expect(problemsOf(ts("", { output: { format: "text", text: "took … ms" } }), printed)).toEqual([]);
  expect(problemsOf(ts("", { output: { format: "text", text: "took … s" } }), printed)).toHaveLength(1);
  expect(problemsOf(ts(""), printed)).toHaveLength(1);
  expect(problemsOf(ts("", { exitCode: 1 }), { ...printed, stdout: "" })).toEqual(["It ended with 0, not with 1."]);
});

test("a type error is told by its sample and line", async () => {
  const errors = await typeErrors([ts(byClient), ts(`${byClient}\nid.nope();`)]);
  expect([...errors.values()]).toEqual([["line 5: Property 'nope' does not exist on type 'string'."]]);
});

test("lines with a gap stay as they are while they fit", () => {
  const guide = "```sh\ntrue\n```\n\n```text output\n1 request\nin … s\nat … o'clock\n```\n";
  const written = writeOutputs(guide, new Map([[1, "2 requests\nin 0.2 s\nat noon\n"]]));
  expect(readFences("t.md", written)[0]?.output?.text).toBe("2 requests\nin … s\nat noon\n");
});

test("outputs are written behind their samples, and read again", () => {
  const guide = "# T\n\n```sh exit=2\nfalse\n```\n\nText.\n\n```ts\n1;\n```\n\n```text output\nold\n```\n\nEnd.\n";
  const [first, second] = readFences("t.md", guide);
  expect(first).toMatchObject({ line: 3, exitCode: 2, code: "false\n" });
  expect(second).toMatchObject({ line: 9, output: { format: "text", text: "old\n" } });
  const written = writeOutputs(
    guide,
    new Map([
      [3, '{"a":1}\n'],
      [9, "new\n"],
    ]),
  );
  const outputs = readFences("t.md", written).map(({ output }) => output);
  expect(outputs).toEqual([
    { format: "json", text: '{\n  "a": 1\n}\n' },
    { format: "text", text: "new\n" },
  ]);
  expect(written).toMatch(/Text\.\n\n```ts.*```\n\nEnd\.\n$/s);
});
