import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { frame } from "../../breaches.js";
import { locate, type Place } from "../../locate.js";
import { listOperations, type OpenApiDocument } from "../../openapi.js";
import { distinct, type Problem } from "../../problems.js";
import type { Api } from "../../project.js";
import type { Finding } from "./finding.js";

/** An API whose texts are shown on the site. */
export interface Source {
  readonly api: Api;
  readonly document: OpenApiDocument;
}

/** Findings as problems with a place in the file that has to be mended. */
export async function toProblems(
  root: string,
  sources: readonly Source[],
  findings: readonly Finding[],
): Promise<Problem[]> {
  const problems = findings.map(async (finding): Promise<Problem> => {
    const { rule, message, mend } = finding;
    const source = sources.find(({ api }) => api.name === finding.page.api);
    const [place, where] = await placeOf(root, source, finding);
    const lines = (await readFile(place.file, "utf8")).split("\n");
    return { severity: "error", rule, message: where + message, mend, ...place, frame: frame(lines, place.line) };
  });
  return distinct(await Promise.all(problems));
}

/** Where a text was written, and for a description also in words. */
async function placeOf(root: string, source: Source | undefined, finding: Finding): Promise<[Place, where: string]> {
  const { origin, line, column, page } = finding;
  if (origin) return [{ file: join(root, origin.file), line: origin.line + line - 1, column }, ""];
  if (!source) throw new Error(`The build itself has written a broken link on ${page.address}: ${finding.message}`);
  const { api, document } = source;
  const path = pathTo(document, finding.source);
  if (path) {
    const key = await locate(api, path);
    return [(await find(key, finding.source)) ?? key, `${nameOf(api, document, path)}: `];
  }
  const notes = await find({ file: join(api.folder, "NOTES.md"), line: 1 }, finding.source);
  if (notes) return [notes, ""];
  return [{ file: api.entry, line: 1, column: 1 }, `On the page ${page.address}, made from this description: `];
}

/** The keys to the first text of a document in which a piece of Markdown stands. */
function pathTo(node: unknown, source: string): (string | number)[] | undefined {
  if (typeof node === "string") return node.includes(source) ? [] : undefined;
  if (typeof node !== "object" || node === null) return undefined;
  for (const [key, child] of Object.entries(node)) {
    const rest = pathTo(child, source);
    if (rest) return [Array.isArray(node) ? Number(key) : key, ...rest];
  }
  return undefined;
}

/** The API, the operation if it is in one, and the JSON Pointer. */
function nameOf({ name }: Api, document: OpenApiDocument, path: readonly (string | number)[]): string {
  const [section, at, method] = path;
  const operations = section === "paths" ? listOperations(document) : [];
  const found = operations.find((placed) => placed.path === at && placed.method === method);
  const tokens = path.map((token) => `/${String(token).replaceAll("~", "~0").replaceAll("/", "~1")}`);
  return `${name}${found ? `, ${found.operation.operationId}` : ""}, #${tokens.join("")}`;
}

/** The first line from a place on where a text stands; none if it is broken over several. */
async function find({ file, line }: Pick<Place, "file" | "line">, text: string): Promise<Place | undefined> {
  const lines = (await readFile(file, "utf8").catch(() => "")).split("\n");
  const at = lines.findIndex((one, index) => index >= line - 1 && one.includes(text));
  return at < 0 ? undefined : { file, line: at + 1, column: (lines[at]?.indexOf(text) ?? 0) + 1 };
}
