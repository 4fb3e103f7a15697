import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { listFiles } from "./files.js";

/** Generated files by their path below a folder. */
export type Output = ReadonlyMap<string, string | Uint8Array>;

/** A generated file that is not what the sources make. */
export interface Difference {
  readonly path: string;
  readonly kind: "missing" | "different" | "left over";
}

/**
 * How a folder differs from what it should hold.
 *
 * @param owned which of the files in the folder belong to the output, so that others are not called left over.
 */
export async function compare(folder: string, output: Output, owned: (path: string) => boolean): Promise<Difference[]> {
  const compared = [...output].map(async ([path, content]): Promise<Difference[]> => {
    const present = await readFile(join(folder, path)).catch(() => undefined);
    if (!present) return [{ path, kind: "missing" }];
    return present.equals(Buffer.from(content)) ? [] : [{ path, kind: "different" }];
  });
  const differences = (await Promise.all(compared)).flat();
  const prefix = join(folder, "/").length;
  for (const file of await listFiles(folder)) {
    const path = file.slice(prefix).replaceAll("\\", "/");
    if (owned(path) && !output.has(path)) differences.push({ path, kind: "left over" });
  }
  return differences;
}

/**
 * Brings a folder up to date. All new files are written beside it first and then moved into place, so that a full disk
 * or an interrupt leaves whole files, old or new.
 */
export async function write(folder: string, output: Output, differences: readonly Difference[]): Promise<void> {
  const drafts = join(folder, `.draft-${process.pid}`);
  const changed = differences.flatMap(({ path }) => {
    const content = output.get(path);
    return content === undefined ? [] : [{ path, content }];
  });
  try {
    const folders = [...new Set(changed.map(({ path }) => dirname(path)))];
    for (const root of [drafts, folder]) {
      await all(folders.map((name) => mkdir(join(root, name), { recursive: true })));
    }
    await all(changed.map(({ path, content }) => writeFile(join(drafts, path), content)));
    await all(changed.map(({ path }) => rename(join(drafts, path), join(folder, path))));
    for (const { path, kind } of differences) if (kind === "left over") await rm(join(folder, path));
  } finally {
    await rm(drafts, { recursive: true, force: true });
  }
}

/** Waits for all of them, also where one fails: what is still being written cannot be cleared away. */
async function all(tasks: readonly Promise<unknown>[]): Promise<void> {
  for (const result of await Promise.allSettled(tasks)) if (result.status === "rejected") throw result.reason;
}
