import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * The folder of this package: the checkout while developing, `node_modules/agent-apis` once installed. The compiled
 * files lie deeper than the sources, so it is found by its package.json and not by counting folders.
 */
export const packageRoot: string = findRoot(dirname(fileURLToPath(import.meta.url)));

function findRoot(folder: string): string {
  const manifest = join(folder, "package.json");
  if (existsSync(manifest) && JSON.parse(readFileSync(manifest, "utf8")).name === "agent-apis") return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error("The package.json of agent-apis is missing; install the package again.");
  return findRoot(parent);
}
