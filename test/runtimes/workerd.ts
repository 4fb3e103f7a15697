import type { ChildProcess } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bundle } from "./globals.js";
import { type Job, longestMs, type Outcome, writeStart } from "./job.js";
import { collect, startProcess } from "./processes.js";
import { startServers } from "./server.js";

/** Since when there is `Headers.getSetCookie`: Workers that ask for an older behaviour cannot use the client. */
const oldest = "2023-03-01";
/** The newest behaviour that there was when this was written. */
const newest = "2026-11-01";

/**
 * Runs the program in workerd, as a Worker that answers one request with what it found. It does so twice: a Worker has
 * the behaviour of the day for which it was written, and much has changed since.
 */
export async function runInWorkerd(path: string, job: Job): Promise<Outcome> {
  const old = await runOnce(path, job, oldest);
  const { lines, troubles } = await runOnce(path, job, newest);
  const faults = old.lines.filter((line) => line.startsWith("FAIL "));
  const marked = faults.map((line) => line.replace(": ", `: compatibility date ${oldest}: `));
  return { lines: [...lines, ...marked], troubles: [...old.troubles, ...troubles] };
}

async function runOnce(path: string, job: Job, date: string): Promise<Outcome> {
  const { folder } = job.project;
  const servers = await startServers({});
  let child: ChildProcess | undefined;
  try {
    await writeStart(job, servers.origins);
    await writeFile(join(folder, "worker.js"), await bundle(job.project, worker(date === newest)));
    await writeFile(join(folder, "worker.capnp"), config(date));
    child = startProcess(path, ["serve", "worker.capnp", "--control-fd=3"], folder);
    const output = collect(child);
    const port = await listeningPort(child);
    if (port === undefined) return { lines: [], troubles: [output.stderr.trim()] };
    const signal = AbortSignal.timeout(longestMs);
    const answer = await fetch(`http://127.0.0.1:${port}/`, { signal }).then((response) => response.json());
    const { lines, troubles } = answer as Outcome;
    return { lines, troubles: output.stderr === "" ? troubles : [...troubles, output.stderr.trim()] };
  } catch (error) {
    return { lines: [], troubles: [String(error)] };
  } finally {
    child?.kill("SIGKILL");
    await servers.close();
  }
}

/** @param listens whether to listen for errors that nobody catches: with old dates, workerd reports caught ones too. */
function worker(listens: boolean): string {
  const listen =
    'addEventListener("unhandledrejection", ({ reason }) => troubles.push(String(reason?.stack ?? reason)));';
  return `import { start } from "./start.mjs";
const lines = [];
const troubles = [];
${listens ? listen : ""}
export default {
  async fetch() {
    await start((line) => lines.push(line));
    return Response.json({ lines, troubles });
  },
};
`;
}

function config(date: string): string {
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (
      modules = [(name = "worker.js", esModule = embed "worker.js")],
      compatibilityDate = "${date}",
      globalOutbound = "local",
    )),
    (name = "local", network = (allow = ["local"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
`;
}

/** workerd tells on the third pipe where it listens. @returns undefined if it has ended before. */
function listeningPort(child: ChildProcess): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    child.stdio[3]?.on("data", (text: Buffer) => {
      const port = /"port":\s*(\d+)/.exec(String(text))?.[1];
      if (port) resolve(Number(port));
    });
    child.on("error", reject);
    child.on("close", () => resolve(undefined));
  });
}
