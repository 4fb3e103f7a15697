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
  const differences: Difference[] = [];
  for (const [path, content] of output) {
    const present = await readFile(join(folder, path)).catch(() => undefined);
    if (!present) differences.push({ path, kind: "missing" });
    else if (!present.equals(Buffer.from(content))) differences.push({ path, kind: "different" });
  }
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
    for (const { path, content } of changed) {
      await mkdir(dirname(join(drafts, path)), { recursive: true });
      await writeFile(join(drafts, path), content);
    }
    for (const { path } of changed) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await rename(join(drafts, path), join(folder, path));
    }
    for (const { path, kind } of differences) if (kind === "left over") await rm(join(folder, path));
  } finally {
    await rm(drafts, { recursive: true, force: true });
  }
}
