import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Something could not be had from npm. The message is npm's own. */
export class NpmError extends Error {
  override readonly name = "NpmError";
}

/**
 * Runs npm in a folder.
 *
 * @returns what it printed.
 * @throws {NpmError} with the beginning of its complaint.
 */
export async function npm(cwd: string, ...args: readonly string[]): Promise<string> {
  // What `npm run` sets would make the inner npm work on this project.
  const isOuter = (name: string) => /^npm_(config_local|package)/i.test(name);
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !isOuter(name)));
  try {
    const { stdout } = await run("npm", [...args], { cwd, env, shell: process.platform === "win32" });
    return stdout;
  } catch (error) {
    const { stderr = "", message } = error as { stderr?: string; message: string };
    const complaints = stderr.split("\n").filter((line) => /^npm (error|ERR!) \S/.test(line));
    throw new NpmError(complaints.slice(0, 3).join("\n") || message);
  }
}

/** What npm needs to be told to install something without asking, telling or running anything. */
export const quietly = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"];
