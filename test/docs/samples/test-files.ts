import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Addresses } from "./addresses.js";
import type { Folder } from "./folder.js";
import { fileNameOf } from "./modules.js";
import { type Running, start } from "./processes.js";
import type { Sample } from "./sample.js";

const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");

/** Runs a sample by Vitest, as the test file that it is. It prints nothing but why it fails. */
export async function startTestFile(
  { id, code }: Sample,
  folder: Folder,
  addresses: Addresses,
  env: NodeJS.ProcessEnv,
): Promise<Running> {
  const name = `${fileNameOf(id)}.test.ts`;
  const setupFiles = [join(import.meta.dirname, "guard.js")];
  await folder.write(name, code);
  await folder.write("vitest.config.js", `export default ${JSON.stringify({ test: { setupFiles } })};`);
  const own = { ...folder.env, ...env, NODE_OPTIONS: "", SAMPLE_ADDRESSES: JSON.stringify(addresses) };
  const reporter = join(import.meta.dirname, "failures-reporter.js");
  const args = [vitest, "run", name, "--root", folder.path, `--reporter=${reporter}`];
  return start(process.execPath, args, folder.path, own);
}
