import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { packageRoot } from "../../package-root.js";
import { isObject } from "../../testing/json.js";

/** Workflows were asked for, but the optional peer dependency `@redocly/cli` is not installed. */
export class RespectMissingError extends Error {
  override readonly name = "RespectMissingError";

  constructor() {
    super(`Workflows need @redocly/cli. Install it with: npm install --save-dev @redocly/cli@${version()}`);
  }
}

/** A check of `redocly respect` that failed. */
export interface FailedCheck {
  /** Such as `success criteria check`. */
  readonly name: string;
  readonly message: string;
  readonly condition?: string;
}

/** A step as `redocly respect` has run it. */
export interface RespectStep {
  readonly workflowId: string;
  readonly stepId: string;
  /** Missing if nothing was sent. */
  readonly request?: { readonly method: string; readonly url: string };
  readonly failed: readonly FailedCheck[];
}

/** How workflows are run. */
export interface RespectOptions {
  /** The Arazzo document. */
  readonly file: string;
  /** What it calls the API, and where that is. */
  readonly source: string;
  readonly server: string;
  readonly inputs: Readonly<Record<string, string>>;
  /** How long an answer may take, in milliseconds. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * The file of the command of `@redocly/cli`, which is looked for beside this package and then in the working directory,
 * where a user has it who runs this package through `npx`.
 *
 * @param places modules or folders' files to resolve from; for tests.
 * @returns `undefined` if it is in neither place.
 */
export function respectCommand(
  places: readonly string[] = [import.meta.url, join(process.cwd(), "package.json")],
): string | undefined {
  for (const place of places) {
    try {
      const manifest = createRequire(place).resolve("@redocly/cli/package.json");
      const { bin } = JSON.parse(readFileSync(manifest, "utf8")) as { bin: { redocly: string } };
      return join(dirname(manifest), bin.redocly);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
    }
  }
  return undefined;
}

/**
 * Runs the workflows of a document with `redocly respect`, in a folder of its own. Its inputs, among which are credentials,
 * are in its environment and not in its command line, which others can see; what it writes is read and removed.
 *
 * @returns the steps in the order in which they were run.
 * @throws RespectMissingError if it is not installed; Error with what it said if it has not run.
 */
export async function respect(options: RespectOptions): Promise<RespectStep[]> {
  const command = respectCommand();
  if (!command) throw new RespectMissingError();
  const folder = await mkdtemp(join(tmpdir(), "agent-apis-workflows-"));
  try {
    const said = await run(command, options, folder);
    const written = await readFile(join(folder, "report.json"), "utf8").catch(() => undefined);
    if (written === undefined) throw new Error(`redocly respect has not run: ${said}`);
    return stepsIn(JSON.parse(written));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function run(command: string, options: RespectOptions, folder: string): Promise<string> {
  const { file, source, server, inputs, timeoutMs, signal } = options;
  const args = [command, "respect", file, "--json-output", "report.json", "--max-fetch-timeout", String(timeoutMs)];
  const child = spawn(process.execPath, args, {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    signal,
    // Nothing else of the environment: it could name a proxy, or options of another run.
    env: {
      ...inherited(["PATH", "HOME", "TMPDIR", "TEMP", "SystemRoot"]),
      REDOCLY_CLI_RESPECT_INPUT: JSON.stringify(inputs),
      REDOCLY_CLI_RESPECT_SERVER: `${source}=${server}`,
      REDOCLY_TELEMETRY: "off",
      REDOCLY_SUPPRESS_UPDATE_NOTICE: "true",
      NO_COLOR: "1",
    },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      said = (said + text).slice(-2000);
    });
  }
  return new Promise((resolve) => {
    child.on("error", (error) => resolve(error.message));
    child.on("close", () => resolve(said.trim()));
  });
}

function inherited(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name] ?? ""]])),
  );
}

/** Every step of the report; a step that runs a workflow has the steps of that below it. */
function stepsIn(node: unknown): RespectStep[] {
  if (Array.isArray(node)) return node.flatMap(stepsIn);
  if (!isObject(node)) return [];
  if (node.type !== "step") return Object.values(node).flatMap(stepsIn);
  const { workflowId, stepId, request, checks } = node;
  const failed = (Array.isArray(checks) ? checks.filter(isObject) : []).filter((one) => one.passed === false);
  return [
    {
      workflowId: String(workflowId),
      stepId: String(stepId),
      ...(isObject(request) ? { request: { method: String(request.method), url: String(request.url) } } : {}),
      failed: failed.map(({ name, message, condition }) => ({
        name: String(name),
        message: String(message ?? ""),
        ...(typeof condition === "string" ? { condition } : {}),
      })),
    },
  ];
}

function version(): string {
  const manifest = JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8"));
  return String(manifest.peerDependencies["@redocly/cli"]);
}
