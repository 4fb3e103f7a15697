import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Change, Impact } from "./record.js";

/** What differs between two descriptions. */
export interface Comparison {
  /** The most that any change asks for; missing if nothing has changed. */
  readonly bump?: Impact;
  readonly changes: readonly Change[];
}

const run = promisify(execFile);
/** Longer values are told by their place alone. */
const longest = 120;

/**
 * Compares two descriptions with `redocly diff`.
 *
 * @param before the earlier description, as YAML or JSON.
 * @param after the later one.
 * @throws Error when Redocly cannot be run or says something that is not its report, version 1.
 */
export async function compareDescriptions(before: string, after: string): Promise<Comparison> {
  // A folder of its own, since rules of the project would be applied to the comparison.
  const folder = await mkdtemp(join(tmpdir(), "agent-apis-changes-"));
  try {
    await writeFile(join(folder, "before.yaml"), before);
    await writeFile(join(folder, "after.yaml"), after);
    const redocly = join(dirname(createRequire(import.meta.url).resolve("@redocly/cli/package.json")), "bin/cli.js");
    const args = [redocly, "diff", "before.yaml", "after.yaml", "--format", "json", "--fail-on", "none"];
    const { stdout } = await run(process.execPath, args, {
      cwd: folder,
      env: { ...process.env, REDOCLY_TELEMETRY: "off" },
      maxBuffer: 256 * 2 ** 20,
    });
    return readReport(stdout);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Report {
  readonly reportVersion: string;
  readonly bump?: Impact;
  readonly changes: readonly {
    readonly path: string;
    readonly typeName: string;
    readonly kind: Change["kind"];
    readonly impact: Impact;
    readonly property?: string;
    readonly verdicts: readonly { readonly message: string }[];
    readonly base?: Side;
    readonly revision?: Side;
  }[];
}

interface Side {
  readonly pointer: string;
  readonly value?: unknown;
}

function readReport(text: string): Comparison {
  const report = JSON.parse(text.slice(text.indexOf("{"))) as Report;
  if (report.reportVersion !== "1") {
    throw new Error(`redocly diff reports in version ${report.reportVersion}; this script knows version 1.`);
  }
  const changes = report.changes.map(({ path, typeName, kind, impact, property, verdicts, base, revision }): Change => {
    const [before, after] = [base, revision].map(printed);
    return {
      impact,
      kind,
      type: typeName,
      ...(property === undefined ? {} : { property }),
      path,
      pointer: (revision ?? base)?.pointer ?? path,
      messages: verdicts.map(({ message }) => message),
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    };
  });
  return { ...(report.bump === undefined ? {} : { bump: report.bump }), changes };
}

function printed(side: Side | undefined): string | undefined {
  const text = JSON.stringify(side?.value);
  return text === undefined || typeof side?.value === "object" || text.length > longest ? undefined : text;
}
