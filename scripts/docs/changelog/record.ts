import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { listFiles } from "../../files.js";

/** Which part of a version a change has to raise (https://semver.org). */
export const impacts = ["major", "minor", "patch"] as const;
export type Impact = (typeof impacts)[number];

/** One difference between the descriptions of two releases, as `redocly diff` tells it. */
export interface Change {
  readonly impact: Impact;
  readonly kind: "added" | "removed" | "modified";
  /** What kind of thing has changed: `Operation`, `Parameter`, `Schema` … */
  readonly type: string;
  /** Which of its members, if not all of it. */
  readonly property?: string;
  /** JSON Pointer to the place where it is used first, through references. */
  readonly path: string;
  /** JSON Pointer to the place where it is written; of what was removed, in the earlier description. */
  readonly pointer: string;
  /** Why it breaks clients. */
  readonly messages: readonly string[];
  /** Values that fit a line; missing for objects and for what was not there. */
  readonly before?: string;
  readonly after?: string;
}

/** What a release has changed in one API: a file in `docs/changes/<api>`, made by `npm run changes`. */
export interface ReleaseRecord {
  /** Of the package. */
  readonly version: string;
  /** The day of the record, `YYYY-MM-DD` in UTC. */
  readonly date: string;
  /** The version it was compared with; missing for the first release of the API. */
  readonly previous?: string;
  /** The most that any change asks for; missing if nothing has changed, and for the first release. */
  readonly bump?: Impact;
  readonly changes: readonly Change[];
}

/**
 * The records of an API, the newest first.
 *
 * @param folder `docs/changes/<api>`; it need not exist.
 * @throws Error when a file is not a record.
 */
export async function readRecords(folder: string): Promise<ReleaseRecord[]> {
  const files = (await listFiles(folder)).filter((file) => file.endsWith(".json"));
  const records = await Promise.all(files.map(readRecord));
  return records.sort((a, b) => compareVersions(b.version, a.version));
}

async function readRecord(file: string): Promise<ReleaseRecord> {
  const refuse = (why: string) =>
    new Error(`${file} is not the record of a release: ${why}. Make it with \`npm run changes\`.`);
  let record: Partial<ReleaseRecord>;
  try {
    record = JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    throw refuse((error as Error).message);
  }
  if (record.version !== basename(file, ".json")) throw refuse("its version is not the name of the file");
  if (typeof record.date !== "string" || !Array.isArray(record.changes)) throw refuse("it has no date or no changes");
  return record as ReleaseRecord;
}

/** Which of two versions `X.Y.Z` comes first: negative, zero or positive. */
export function compareVersions(a: string, b: string): number {
  const [first, second] = [numbersOf(a), numbersOf(b)];
  return first.map((number, index) => number - (second[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
}

/** Which part of a version has been raised from one to another; `undefined` if none was. */
export function raisedPart(from: string, to: string): Impact | undefined {
  if (compareVersions(to, from) <= 0) return undefined;
  const [first, second] = [numbersOf(from), numbersOf(to)];
  return impacts[first.findIndex((number, index) => number !== second[index])];
}

function numbersOf(version: string): number[] {
  return version.split(".").map(Number);
}
