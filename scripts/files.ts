import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";

/** A hash of its parts, in hexadecimal. Equal parts give equal hashes, and the borders between parts count. */
export function hash(...parts: readonly (string | Uint8Array)[]): string {
  const sum = createHash("sha256");
  for (const part of parts) sum.update(`${part.length}:`).update(part);
  return sum.digest("hex");
}

/**
 * A hash of every file below some folders, names included.
 *
 * @param paths files and folders; those that do not exist count as empty.
 * @param keep which files count, by their path below `paths`; all by default.
 */
export async function hashFiles(
  paths: readonly string[],
  keep: (path: string) => boolean = () => true,
): Promise<string> {
  const parts: (string | Uint8Array)[] = [];
  for (const path of paths) {
    for (const file of await listFiles(path)) {
      const name = relative(path, file).split(sep).join("/");
      if (keep(name)) parts.push(name, await readFile(file));
    }
  }
  return hash(...parts);
}

/** Every file below a folder, absolute and sorted; the path itself if it is a file; none if it does not exist. */
export async function listFiles(path: string): Promise<string[]> {
  try {
    const entries = await readdir(path, { withFileTypes: true, recursive: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .sort();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOTDIR") return [path];
    if (code === "ENOENT") return [];
    throw error;
  }
}
