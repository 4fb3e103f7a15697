import { spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { publint } from "publint";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listFiles } from "../../scripts/files.js";
import { findApis } from "../../scripts/project.js";
import { type Consumer, installPacked, root } from "./consumer.js";

const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

let consumer: Consumer;
beforeAll(async () => {
  consumer = await installPacked();
});
afterAll(() => consumer.remove());

test("publint finds nothing wrong with the packed package", async () => {
  const { messages } = await publint({ pkgDir: consumer.installed, strict: true });
  expect(messages).toEqual([]);
});

test("the types of every entry point resolve for every ESM consumer (are the types wrong?)", async () => {
  const attw = join(
    dirname(createRequire(import.meta.url).resolve("@arethetypeswrong/cli/package.json")),
    "dist/index.js",
  );
  const typed = Object.keys(manifest.exports).filter((key) => manifest.exports[key].types);
  // Into a file, since it ends before a pipe has taken all of it.
  const report = join(consumer.folder, "attw.json");
  const output = openSync(report, "w");
  // It fails for consumers that the package does not have: those that only know CommonJS, or no exports map.
  spawnSync(process.execPath, [attw, consumer.tarball, "--entrypoints", ...typed, "--format", "json"], {
    cwd: root,
    stdio: ["ignore", output, "inherit"],
  });
  closeSync(output);
  const { analysis } = JSON.parse(readFileSync(report, "utf8")) as {
    analysis: { entrypoints: object; problems: { resolutionKind?: string }[] };
  };
  expect(Object.keys(analysis.entrypoints)).toEqual(typed);
  expect(
    analysis.problems.filter(({ resolutionKind }) => !["node10", "node16-cjs"].includes(resolutionKind ?? "")),
  ).toEqual([]);
});

test("every entry point can be imported from the packed package", async () => {
  const specifiers = Object.keys(manifest.exports).map((key) => `agent-apis${key.slice(1)}`);
  const code = specifiers
    .filter((name) => !/\.(json|yaml)$/.test(name) && !/\/(vitest|jest)$/.test(name))
    .map((name) => `await import(${JSON.stringify(name)});`);
  const assets = specifiers
    .filter((name) => /\.(json|yaml)$/.test(name))
    .map((name) => `readFileSync(fileURLToPath(import.meta.resolve(${JSON.stringify(name)})));`);
  await consumer.write(
    "all.js",
    [
      'import { readFileSync } from "node:fs";',
      'import { fileURLToPath } from "node:url";',
      ...code,
      ...assets,
      'console.log("ok");',
    ].join("\n"),
  );
  const { stdout } = await consumer.node(["all.js"]);
  expect(stdout).toBe("ok\n");
});

test("a CommonJS program can require the client", async () => {
  await consumer.write(
    "require.cjs",
    'const { HeroBrain } = require("agent-apis/herobrain"); console.log(typeof HeroBrain);',
  );
  const { stdout } = await consumer.node(["--no-warnings", "require.cjs"]);
  expect(stdout).toBe("function\n");
});

test("the package holds what users need and nothing of how it is made", async () => {
  const files = (await listFiles(consumer.installed)).map((file) =>
    file
      .slice(consumer.installed.length + 1)
      .split("\\")
      .join("/"),
  );
  expect(files).toEqual(
    expect.arrayContaining([
      "README.md",
      "LICENSE",
      "CHANGELOG.md",
      "dist/src/herobrain.js",
      "dist/src/herobrain.d.ts",
      "generated/herobrain/openapi.json",
    ]),
  );
  expect(files.filter((file) => /^(specs|scripts|test|docs|\.)/.test(file))).toEqual([]);
});

test("every API has an entry file, its exports, and its place in redocly.yaml", async () => {
  const config = readFileSync(join(root, "redocly.yaml"), "utf8");
  for (const { name } of await findApis(root)) {
    expect(existsSync(join(root, `src/${name}.ts`)), name).toBe(true);
    expect(Object.keys(manifest.exports)).toEqual(
      expect.arrayContaining([
        `./${name}`,
        `./${name}/openapi.json`,
        `./${name}/openapi.yaml`,
        `./${name}/openapi-3.1.yaml`,
      ]),
    );
    expect(config).toContain(`root: specs/${name}/openapi.yaml`);
  }
});

test("nothing is installed with the package but openapi-fetch and eventsource-parser", () => {
  expect(Object.keys(manifest.dependencies)).toEqual(["eventsource-parser", "openapi-fetch"]);
  const peers = Object.keys(manifest.peerDependencies);
  expect(peers.every((peer) => manifest.peerDependenciesMeta[peer]?.optional)).toBe(true);
});

test("versions of tools are exact, and the lock file names no registry", () => {
  for (const [name, version] of Object.entries<string>(manifest.devDependencies)) expect(version, name).toMatch(/^\d/);
  expect(readFileSync(join(root, "package-lock.json"), "utf8")).not.toContain('"resolved": "http');
});
