import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { pathToFileURL } from "node:url";

/** What running a command cost. */
export interface Cost {
  readonly milliseconds: number;
  /** How long processors were busy with it: what is left where a busy machine lets it wait. */
  readonly processorMilliseconds: number;
  /** The most memory that the process held, in bytes. */
  readonly peakBytes: number;
}

/**
 * Runs a Node.js program and measures it.
 *
 * @param args the program's file and its arguments.
 * @throws an `Error` with the program's output when it fails.
 */
export async function measure(args: readonly string[], cwd: string): Promise<Cost> {
  const folder = await mkdtemp(join(tmpdir(), "agent-apis-bench-"));
  const report = join(folder, "peak");
  const preload = pathToFileURL(join(import.meta.dirname, "report-memory.js")).href;
  try {
    const start = performance.now();
    const { code, output } = await run(args, cwd, {
      NODE_OPTIONS: `--import=${preload}`,
      PEAK_REPORT: report,
      REDOCLY_TELEMETRY: "off",
    });
    const milliseconds = performance.now() - start;
    if (code !== 0) throw new Error(`${args.join(" ")} ended with ${code}:\n${output}`);
    return { milliseconds, ...(JSON.parse(await readFile(report, "utf8")) as Omit<Cost, "milliseconds">) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The middle one of several runs, by time. */
export function median(costs: readonly Cost[]): Cost {
  const sorted = [...costs].sort((a, b) => a.milliseconds - b.milliseconds);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (!middle) throw new Error("Nothing was measured.");
  return middle;
}

/** Commands one after another count as one: their times add up, the largest memory counts. */
export function sum(costs: readonly Cost[]): Cost {
  return {
    milliseconds: costs.reduce((total, cost) => total + cost.milliseconds, 0),
    processorMilliseconds: costs.reduce((total, cost) => total + cost.processorMilliseconds, 0),
    peakBytes: Math.max(...costs.map((cost) => cost.peakBytes)),
  };
}

/** The middle one of some numbers; of an even count, the lower of the two. */
export function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.floor((sorted.length - 1) / 2)];
  if (value === undefined) throw new Error("Nothing was measured.");
  return value;
}

/**
 * Measures several things that do the same, in turns: what slows the machine down for a while, slows all of them down. The
 * time is the processor's, since a busy machine lets a process wait.
 *
 * @returns milliseconds by name, one for each round.
 */
export async function inTurns(
  rounds: number,
  each: Readonly<Record<string, () => Promise<unknown>>>,
): Promise<Map<string, readonly number[]>> {
  const names = Object.keys(each);
  const times = new Map(names.map((name) => [name, [] as number[]]));
  for (let round = 0; round < rounds; round++) {
    // Nobody is always the first, or always behind the same one.
    for (const at of names.keys()) {
      const name = names[(at * (round % 2 === 0 ? 1 : names.length - 1) + round) % names.length] ?? "";
      const start = process.cpuUsage();
      await each[name]?.();
      const { user, system } = process.cpuUsage(start);
      times.get(name)?.push((user + system) / 1000);
    }
  }
  return times;
}

/** How much longer the first takes than the second: the middle one of what each round says. */
export function ratioOf(times: readonly number[], others: readonly number[]): number {
  return middle(times.map((time, round) => time / (others[round] ?? Number.NaN)));
}

/** What a figure is held against, in a word. */
export function verdict(isMet: boolean): string {
  return isMet ? "met" : "missed";
}

function run(
  args: readonly string[],
  cwd: string,
  env: Record<string, string>,
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...args], { cwd, env: { ...process.env, ...env } });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output }));
  });
}
