import { join } from "node:path";
import ts from "typescript";
import type { Addresses } from "./addresses.js";
import type { Folder } from "./folder.js";
import { type Running, start } from "./processes.js";
import type { Sample, SampleResult } from "./sample.js";

/** Runs a sample as the module that it is, in a process of its own. */
export async function startModule(
  sample: Sample,
  folder: Folder,
  addresses: Addresses,
  env: NodeJS.ProcessEnv,
): Promise<Running> {
  return startNode("run-alone.js", [await writeModule(sample, folder)], folder, addresses, env);
}

/**
 * Waits until the server that a sample starts listens, and its module has been evaluated.
 *
 * @returns where: the address that the sample gives it, and the one that it has.
 */
export function serverIn({ process }: Running): Promise<Addresses> {
  return new Promise((resolve) => {
    const addresses: [string, string][] = [];
    let evaluated = false;
    process.on("message", (message: { port?: number; real?: string; evaluated?: boolean }) => {
      for (const host of message.port === undefined ? [] : ["127.0.0.1", "localhost"]) {
        addresses.push([`http://${host}:${message.port}`, message.real ?? ""]);
      }
      evaluated ||= message.evaluated ?? false;
      if (evaluated && addresses.length > 0) resolve(addresses);
    });
  });
}

/**
 * Runs samples one after another in one process, which takes a twentieth of the time. They may not end the process or leave
 * anything running.
 */
export async function runTogether(
  samples: readonly Sample[],
  folder: Folder,
  { addresses, env = {}, timeoutMs }: { addresses: Addresses; env?: NodeJS.ProcessEnv | undefined; timeoutMs: number },
): Promise<SampleResult[]> {
  const files = new Map<string, Sample>();
  for (const sample of samples) files.set(await writeModule(sample, folder), sample);
  const running = startNode("run-together.js", [...files.keys()], folder, addresses, env);
  const results = new Map<string, SampleResult>();
  const late = setTimeout(() => void running.stop(), timeoutMs);
  running.process.on("message", ({ file, ...result }: { file: string } & Omit<SampleResult, "id">) => {
    late.refresh();
    const { id } = files.get(file)!;
    results.set(id, { id, ...result });
  });
  await running.ended;
  clearTimeout(late);
  const lost = `This sample, or one before it, ended the process or took too long.\n${running.printed.stderr}`;
  return samples.map(({ id }) => results.get(id) ?? { id, stdout: "", stderr: lost, exitCode: null });
}

function startNode(
  host: string,
  args: readonly string[],
  folder: Folder,
  addresses: Addresses,
  env: NodeJS.ProcessEnv,
): Running {
  const { NODE_OPTIONS: _, ...rest } = folder.env;
  const own = { ...rest, ...env, SAMPLE_ADDRESSES: JSON.stringify(addresses) };
  return start(process.execPath, [join(import.meta.dirname, host), ...args], folder.path, own);
}

async function writeModule({ id, code }: Sample, folder: Folder): Promise<string> {
  const target = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
  return folder.write(`${fileNameOf(id)}.js`, ts.transpile(code, target));
}

/** A file name for a sample. */
export function fileNameOf(id: string): string {
  return id.replace(/[^\w-]+/g, "-");
}
