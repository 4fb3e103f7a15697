import { spawn } from "node:child_process";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { main, readArguments, UsageError } from "../../scripts/arguments.js";
import { projectRoot } from "../../scripts/project.js";

const all = (await readdir(import.meta.dirname)).flatMap((file) => /^(.+)\.bench\.ts$/.exec(file)?.[1] ?? []).sort();

const usage = `Usage: npm run bench [-- name ...]

Measures, and prints each figure beside that of a peer in the same run.
The benches: ${all.join(", ")} (default: all, one after another).

  --help  print this
`;

await main(usage, async () => {
  const parsed = readArguments(usage, {});
  if (!parsed) return;
  const wanted = parsed.positionals.length > 0 ? parsed.positionals : all;
  for (const name of wanted) {
    if (!all.includes(name)) throw new UsageError(`There is no bench "${name}". The benches are: ${all.join(", ")}.`);
  }
  // Some benches measure what ships, which a fresh clone does not have yet.
  if ((await run(join(projectRoot, "scripts", "dist.ts"))) !== 0) throw new Error("The package could not be compiled.");
  for (const name of wanted) {
    process.stdout.write(`\n${name}\n\n`);
    const code = await run(join(import.meta.dirname, `${name}.bench.ts`));
    if (code !== 0) process.exitCode = 1;
  }
});

function run(file: string): Promise<number | null> {
  const child = spawn(process.execPath, ["--import", import.meta.resolve("tsx/esm"), file], { stdio: "inherit" });
  return new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
}
