import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of this project. */
export const projectRoot: string = dirname(dirname(fileURLToPath(import.meta.url)));

/** One API: a folder below specs/ with an openapi.yaml. */
export interface Api {
  /** The folder's name, as in `acme`. */
  readonly name: string;
  /** The folder, absolute. */
  readonly folder: string;
  /** Its openapi.yaml, absolute. */
  readonly entry: string;
}

/**
 * The APIs below `<root>/specs`, by name.
 *
 * @param names only these; all by default.
 * @throws a plain `Error` that lists the known names when one of `names` is not among them.
 */
export async function findApis(root: string, names: readonly string[] = []): Promise<Api[]> {
  const specs = join(root, "specs");
  const files = await readdir(specs, { withFileTypes: true });
  const apis: Api[] = [];
  for (const entry of files.sort((a, b) => a.name.localeCompare(b.name))) {
    if (!entry.isDirectory()) continue;
    const folder = join(specs, entry.name);
    if ((await readdir(folder)).includes("openapi.yaml")) {
      apis.push({ name: entry.name, folder, entry: join(folder, "openapi.yaml") });
    }
  }
  const known = apis.map((api) => api.name);
  for (const name of names) {
    if (!known.includes(name)) throw new Error(`There is no API "${name}". The APIs are: ${known.join(", ")}.`);
  }
  return names.length === 0 ? apis : apis.filter((api) => names.includes(api.name));
}
