import { styleText } from "node:util";
import { main, readArguments, UsageError } from "../../scripts/arguments.js";
import { hasColour, table } from "../../scripts/terminal.js";
import { ensureChromium } from "../docs/chromium.js";
import {
  type Binary,
  bunRelease,
  denoRelease,
  findBinary,
  nodeRelease,
  type Release,
  workerdRelease,
} from "./binaries.js";
import { runInChromium } from "./browser.js";
import { findGlobals } from "./globals.js";
import type { Job, Outcome } from "./job.js";
import { NpmError } from "./npm.js";
import { installPacked } from "./packed.js";
import { runCommand } from "./processes.js";
import { checks } from "./program/program.mjs";
import { runInWorkerd } from "./workerd.js";

// Runs one and the same program, which stands on the packed package, on every runtime that the package is for.

interface Runtime {
  readonly name: string;
  /** Finds the program, or fetches it. */
  find(update: boolean): Promise<Binary>;
  run(path: string, job: Job): Promise<Outcome>;
}

const released = (name: string, release: Release, run: Runtime["run"]): Runtime => ({
  name,
  find: (update) => findBinary(release, update),
  run,
});
const byCommand =
  (...args: readonly string[]): Runtime["run"] =>
  (path, job) =>
    runCommand(path, args, job);

const runtimes: readonly Runtime[] = [
  // The oldest that the package is for.
  released("node-20", nodeRelease("20.19.0"), byCommand()),
  released("node-22", nodeRelease("22"), byCommand()),
  released("node-24", nodeRelease("24"), byCommand()),
  released("node-26", nodeRelease("26"), byCommand()),
  // The client needs no other permission.
  released("deno", denoRelease, byCommand("run", "--no-prompt", "--allow-net=127.0.0.1")),
  released("bun", bunRelease, byCommand()),
  released("workerd", workerdRelease, runInWorkerd),
  {
    name: "chromium",
    find: async () => ({ path: await ensureChromium(), version: "" }),
    run: (_path, job) => runInChromium(job),
  },
];

const names = runtimes.map(({ name }) => name);

const usage = `Usage: npm run test:runtimes -- [options]

Packs the package and tries its clients on other runtimes, against a server on
127.0.0.1. npm fetches the runtimes into a cache outside of the checkout; they
take 1 GB there. The browser is the one that the documentation's tests use.

  --only <names>  these runtimes only, separated by commas, of:
                  ${names.join(", ")}
  --update        fetch the newest releases, also of what is in the cache
  -h, --help      this text

RUNTIMES_CACHE is the folder of the cache; by default it is
agent-apis-runtimes in the system's folder for temporary files.

Exit code 1: a check has failed; 2: something could not be fetched.
`;

/** The check that is not the program's own: no crash, no uncaught error, no warning, and it ends by itself. */
const clean = "clean";
const rows = [...Object.keys(checks), clean];

/** By check: `ok`, or what is wrong. */
type Results = ReadonlyMap<string, string>;

await main(usage, async () => {
  const parsed = readArguments(usage, { only: { type: "string" }, update: { type: "boolean" } });
  if (!parsed) return;
  const chosen = choose(parsed.values.only, parsed.positionals);
  const found = await Promise.all(chosen.map(({ find }) => find(parsed.values.update ?? false).catch(toError)));
  const results = await runAll(chosen, found).catch((error) => {
    if (error instanceof NpmError) return `The packed package could not be installed.\n${error.message}\n`;
    throw error;
  });
  if (typeof results === "string") {
    process.stderr.write(results);
    process.exitCode = 2;
    return;
  }
  printTable(chosen, results);
  for (const [index, { name }] of chosen.entries()) {
    const error = found[index];
    if (!(error instanceof Error)) continue;
    process.stderr.write(`\n${name} could not be fetched.\n${error.message}\n`);
    process.exitCode = 2;
  }
  if (process.exitCode === 2) {
    const rest = results.size > 0 ? [...results.keys()] : ["chromium"];
    process.stderr.write(`\nTo do without: npm run test:runtimes -- --only ${rest.join(",")}\n`);
  }
  if ([...results.values()].some((result) => rows.some((row) => result.get(row) !== "ok"))) process.exitCode = 1;
});

function choose(only: string | undefined, positionals: readonly string[]): readonly Runtime[] {
  if (positionals.length > 0) throw new UsageError(`"${positionals[0]}" is one argument too many.`);
  if (only === undefined) return runtimes;
  const wanted = only.split(",").map((name) => name.trim());
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new UsageError(`There is no runtime "${unknown}".`);
  return runtimes.filter(({ name }) => wanted.includes(name));
}

/** The results of each runtime that there is. One after another: on a busy machine a slow answer looks like none. */
async function runAll(chosen: readonly Runtime[], found: readonly (Binary | Error)[]): Promise<Map<string, Results>> {
  const all = new Map<string, Results>();
  if (found.every((binary) => binary instanceof Error)) return all;
  const project = await installPacked();
  try {
    const job = { project, globals: await findGlobals(project) };
    for (const [index, { name, run }] of chosen.entries()) {
      const binary = found[index];
      if (binary === undefined || binary instanceof Error) continue;
      const outcome = await run(binary.path, job).catch(
        (error): Outcome => ({ lines: [], troubles: [toError(error).message] }),
      );
      const results = read(outcome);
      report(`${name} ${outcome.version ?? binary.version}`, results);
      all.set(name, results);
    }
  } finally {
    await project.remove();
  }
  return all;
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function read({ lines, troubles }: Outcome): Results {
  const results = new Map(rows.map((name) => [name, "the program did not get there"]));
  for (const line of lines) {
    const [, verdict, name = "", reason = ""] = /^(ok|FAIL) ([\w-]+):? ?(.*)$/.exec(line) ?? [];
    // A later word on the same check counts: workerd may have a second, which is bad.
    if (results.has(name)) results.set(name, verdict === "ok" ? "ok" : reason);
  }
  return results.set(clean, troubles.length === 0 ? "ok" : troubles.join("\n"));
}

function report(heading: string, results: Results): void {
  const lines = [...results].map(([name, result]) => (result === "ok" ? `ok ${name}` : `FAIL ${name}: ${result}`));
  process.stdout.write(`${heading}\n${lines.map((line) => `  ${line}\n`).join("")}\n`);
}

function printTable(chosen: readonly Runtime[], results: ReadonlyMap<string, Results>): void {
  const heading = ["", ...chosen.map(({ name }) => name)];
  const body = rows.map((row) => [
    row,
    ...chosen.map(({ name }) => {
      const result = results.get(name)?.get(row);
      return result === undefined ? "-" : result === "ok" ? "ok" : "FAIL";
    }),
  ]);
  const text = table([heading, ...body], []);
  const red = (word: string) => styleText("red", word, { validateStream: false });
  process.stdout.write(`${hasColour(process.stdout) ? text.replaceAll("FAIL", red) : text}\n`);
}
