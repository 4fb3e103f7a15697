import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { pathToFileURL } from "node:url";

/** What running a command cost. */
export interface Cost {
  readonly milliseconds: number;
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
    return { milliseconds, peakBytes: Number(await readFile(report, "utf8")) };
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
    peakBytes: Math.max(...costs.map((cost) => cost.peakBytes)),
  };
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
