import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** The hand-written modules that users import, as text. */
export interface EntryPoints {
  /** `src/<api>.ts`, whose class takes the credentials. */
  readonly client: string;
  /** `src/<api>/webhooks.ts`; missing if nothing receives the API's webhooks. */
  readonly webhooks?: string;
}

/**
 * Reads the entry points of an API.
 *
 * @param root the folder of the project.
 * @returns undefined if the API has none yet.
 */
export async function readEntryPoints(root: string, api: string): Promise<EntryPoints | undefined> {
  const [client, webhooks] = await Promise.all(
    [`${api}.ts`, `${api}/webhooks.ts`].map((file) => readIfThere(join(root, "src", file))),
  );
  if (client === undefined) return undefined;
  return { client, ...(webhooks === undefined ? {} : { webhooks }) };
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
