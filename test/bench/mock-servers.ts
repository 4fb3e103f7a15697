import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { copyFile, mkdtemp, rm, symlink } from "node:fs/promises";
import { Agent, type IncomingMessage, request } from "node:http";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const root = join(import.meta.dirname, "../..");
const require = createRequire(import.meta.url);

/** One request that can be sent again and again. */
export interface Call {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string;
}

/** The package as it is published, compiled into a folder of its own. */
export interface CompiledPackage {
  /** The file that the command `agent-apis` runs. */
  command: string;
  remove(): Promise<void>;
}

/** Compiles the package: run from its sources it would wait for their compiler at every start. */
export async function compilePackage(): Promise<CompiledPackage> {
  const folder = await mkdtemp(join(tmpdir(), "agent-apis-bench-"));
  for (const name of ["node_modules", "generated"]) await symlink(join(root, name), join(folder, name), "junction");
  await copyFile(join(root, "package.json"), join(folder, "package.json"));
  const project = join(root, "scripts", "tsconfig.dist.json");
  const args = [require.resolve("typescript/bin/tsc"), "-p", project, "--outDir", join(folder, "dist")];
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`The sources do not compile:\n${stdout}`);
  return {
    command: join(folder, "dist/src/cli/main.js"),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The file that Prism's command runs. */
export function prismCommand(): string {
  const manifest = require.resolve("@stoplight/prism-cli/package.json");
  return join(dirname(manifest), require(manifest).bin.prism);
}

/** A server in a process of its own. */
export interface RunningServer {
  origin: string;
  /** From the start of the process to its first answer, in milliseconds. */
  startMs: number;
  stop(): Promise<void>;
}

/**
 * Starts a server and waits for its first answer.
 *
 * @param args of Node.js; given the port.
 * @param call what it is asked first; any answer counts that is a success.
 */
export async function startServer(args: (port: number) => string[], call: Call): Promise<RunningServer> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const start = performance.now();
  // Unread, as from a terminal nobody looks at: both write a line and more for each request.
  const child = spawn(process.execPath, args(port), { cwd: tmpdir(), stdio: ["ignore", "ignore", "inherit"] });
  const agent = new Agent();
  while (!(await succeeds(origin, call, agent))) {
    if (child.exitCode !== null) throw new Error(`${args(port).join(" ")} ended with ${child.exitCode}.`);
    await sleep(5);
  }
  return { origin, startMs: performance.now() - start, stop: () => stop(child) };
}

/**
 * Sends a call again and again, over connections that stay open.
 *
 * @returns how many answers came in a second.
 */
export async function throughput(origin: string, call: Call, requests: number, connections: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  let left = requests;
  const start = performance.now();
  const connection = async () => {
    while (left-- > 0)
      if (!(await succeeds(origin, call, agent))) throw new Error(`${call.method} ${call.path} failed.`);
  };
  await Promise.all(Array.from({ length: connections }, connection));
  const seconds = (performance.now() - start) / 1000;
  agent.destroy();
  return requests / seconds;
}

function succeeds(origin: string, { method, path, headers, body }: Call, agent: Agent): Promise<boolean> {
  return new Promise((resolve) => {
    const sent = request(`${origin}${path}`, { method, headers, agent }, (response: IncomingMessage) => {
      const { statusCode = 0 } = response;
      response.resume().on("end", () => resolve(statusCode >= 200 && statusCode < 300));
    });
    sent.on("error", () => resolve(false)).end(body);
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once("close", () => resolve());
    child.kill("SIGKILL");
  });
}
