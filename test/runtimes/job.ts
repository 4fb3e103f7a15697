import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Project } from "./packed.js";
import type { Origins } from "./server.js";

/** What the program is run with. */
export interface Job {
  readonly project: Project;
  /** What the package looks up in the global scope. */
  readonly globals: readonly string[];
}

/** What one runtime made of the program. */
export interface Outcome {
  /** `ok name` or `FAIL name: reason`. */
  readonly lines: readonly string[];
  /** What went wrong beside the checks: a crash, an error that nobody caught, a warning. */
  readonly troubles: readonly string[];
  /** Where only the running program knows. */
  readonly version?: string;
}

/** A program that takes longer hangs: each check is given up after 20 seconds, and needs less than two. */
export const longestMs = 120_000;

/** Writes `start.mjs`, the program for these servers as a function: not every runtime hands arguments to a module. */
export async function writeStart({ project, globals }: Job, origins: Origins, isBrowser = false): Promise<void> {
  const text = `import * as clients from "./clients.mjs";
import { runChecks } from "./program/program.mjs";
const world = { clients, ...${JSON.stringify({ origins, globals, isBrowser })} };
export const start = (print) => runChecks(world, print);
`;
  await writeFile(join(project.folder, "start.mjs"), text);
}
