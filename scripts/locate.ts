import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { isAlias, isCollection, isMap, isScalar, LineCounter, type Node, type Pair, parseDocument } from "yaml";
import type { Api } from "./project.js";

/** A place in a source file. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * Finds where something of the resolved bundle was written, by walking the sources and following their references.
 * Rules that run on the bundle would otherwise name a place in a generated file, which nobody can mend.
 *
 * @param path the keys from the root of the document, with references looked through.
 */
export async function locate(api: Api, path: readonly (string | number)[]): Promise<Place> {
  let file = api.entry;
  let source = await open(file);
  let node: unknown = source.document.contents;
  let place: Place = source.placeOf(node);
  const [section, kind, name] = path;
  let rest = path;
  if (section === "components" && typeof kind === "string" && typeof name === "string") {
    const own = join(api.folder, kind, `${name}.yaml`);
    if (existsSync(own)) {
      file = own;
      source = await open(file);
      node = source.document.contents;
      place = source.placeOf(node);
      rest = path.slice(3);
    }
  }
  for (const key of rest) {
    for (let reference = referenceOf(node); reference; reference = referenceOf(node)) {
      file = resolve(dirname(file), reference);
      source = await open(file);
      node = source.document.contents;
      place = source.placeOf(node);
    }
    const pair: Pair | undefined = isMap(node)
      ? node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key))
      : undefined;
    const child: unknown = pair ? pair.value : isCollection(node) ? node.get(key, true) : undefined;
    if (child === undefined || child === null) break;
    place = source.placeOf(pair ? pair.key : child);
    node = isAlias(child) ? child.resolve(source.document) : child;
  }
  return place;
}

function referenceOf(node: unknown): string | undefined {
  const reference = isMap(node) ? node.get("$ref") : undefined;
  return typeof reference === "string" && !reference.includes("#") ? reference : undefined;
}

async function open(file: string) {
  const lineCounter = new LineCounter();
  const document = parseDocument(await readFile(file, "utf8"), { lineCounter });
  return {
    document,
    placeOf(node: unknown): Place {
      const { line, col } = lineCounter.linePos((node as Node | null)?.range?.[0] ?? 0);
      return { file, line, column: col };
    },
  };
}
