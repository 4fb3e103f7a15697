import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** What stages made earlier, so that nothing is made twice from the same inputs. */
export interface Cache {
  /**
   * What `make` makes, or what it made when it was last called with this key.
   *
   * @param name the stage and the API: one entry is kept for each name.
   * @param key a hash of everything that the result depends on.
   * @returns the value, and whether it was kept from earlier.
   */
  remember<T>(name: string, key: string, make: () => Promise<T>): Promise<{ value: T; kept: boolean }>;
}

/**
 * A cache in a folder. A file that cannot be read counts as absent, so deleting the folder is always safe.
 *
 * @param folder where the entries are, created when first needed.
 */
export function openCache(folder: string): Cache {
  return {
    async remember<T>(name: string, key: string, make: () => Promise<T>) {
      const file = join(folder, `${name}.json`);
      const entry = await read<T>(file);
      if (entry?.key === key) return { value: entry.value, kept: true };
      const value = await make();
      await write(file, JSON.stringify({ key, value }));
      return { value, kept: false };
    },
  };
}

async function read<T>(file: string): Promise<{ key: string; value: T } | undefined> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as { key: string; value: T };
  } catch {
    return undefined;
  }
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, text);
  await rename(draft, file);
}
