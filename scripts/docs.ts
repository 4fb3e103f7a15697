import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { hash } from "./files.js";
import { compare, write } from "./output.js";
import type { BuildResult } from "./pipeline.js";

/**
 * Makes the documentation site in `<root>/generated/docs`, unless it is there already as it should be.
 *
 * @returns whether it had to be made.
 */
export async function buildDocs(root: string, { apis, tools }: BuildResult): Promise<boolean> {
  const folder = join(root, "generated", "docs");
  const record = join(root, ".cache", "docs.json");
  const key = hash(tools, ...apis.map(({ bundle }) => JSON.stringify(bundle.forDocs)));
  if (await isCurrent(folder, record, key)) return false;
  const { renderDocs } = await import("./docs/docs.js");
  const output = await renderDocs(
    apis.map(({ api, bundle, facts }) => ({
      name: api.name,
      document: bundle.forDocs,
      facts,
      downloads: { "openapi.yaml": bundle.yaml, "openapi.json": bundle.json, "openapi-3.1.yaml": bundle.yaml31 },
    })),
  );
  await write(folder, output, await compare(folder, output, (path) => !path.startsWith(".draft-")));
  const sizes = [...output].map(([path, content]) => [path, Buffer.byteLength(content)] as const);
  await mkdir(dirname(record), { recursive: true });
  await writeFile(record, JSON.stringify({ key, sizes }));
  return true;
}

/** Whether the site was made from the same inputs and nobody has removed or changed the size of a file since. */
async function isCurrent(folder: string, record: string, key: string): Promise<boolean> {
  try {
    const made = JSON.parse(await readFile(record, "utf8")) as { key: string; sizes: [string, number][] };
    if (made.key !== key) return false;
    const sizes = await Promise.all(made.sizes.map(async ([path]) => (await stat(join(folder, path))).size));
    return made.sizes.every(([, size], index) => sizes[index] === size);
  } catch {
    return false;
  }
}
