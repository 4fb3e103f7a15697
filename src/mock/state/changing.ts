import type { JsonObject } from "../json.js";
import { objectOf } from "../json.js";
import type { Collection, Kept } from "./collection.js";
import type { ReadyOperation } from "./operation.js";
import { changes, created, makeSecrets } from "./thing.js";
import { evaluate, hasMembers, type Known } from "./values.js";

/** A thing after a change, and what only the answer to the change shows. */
export interface Changed {
  thing: JsonObject;
  secrets?: JsonObject;
  /** What was cut off of a list. */
  removed?: unknown[];
}

/**
 * Puts a new thing there.
 *
 * @param example how the documented answer shows one.
 * @param make makes a text in the form of another.
 */
export function create(
  { declared, collection, reader, view }: ReadyOperation,
  known: Known,
  scope: string | undefined,
  example: JsonObject,
  make: (example: string) => string,
): Changed {
  const { secrets, beginnings } = makeSecrets(view, example, make);
  const thing = {
    ...created(objectOf(known.request.body), reader.body, view, example),
    ...beginnings,
    ...objectOf(evaluate(declared.members ?? {}, known)),
  };
  const shown = Object.values(secrets).map(String);
  return { thing: add(collection, thing, { scope, secrets: shown }, known, make), secrets };
}

/** Puts another thing there that is like one which is there. */
export function copy(
  { declared, collection }: ReadyOperation,
  known: Known,
  { thing: original, scope }: Kept,
  make: (example: string) => string,
): Changed {
  const { thing, removed } = cutOff(original, declared.cut, known);
  const changed = { ...thing, ...objectOf(evaluate(declared.members ?? {}, known)) };
  return { thing: add(collection, changed, { scope, secrets: [] }, known, make), removed };
}

/** Changes a thing. */
export function update(
  { declared, collection, view }: ReadyOperation,
  known: Known,
  { thing: before }: Kept,
): Changed | undefined {
  const { thing, removed } = cutOff(before, declared.cut, known);
  if (declared.cut?.nothing !== undefined && removed.length === 0) return undefined;
  const { [collection.declaration.id]: _id, ...sent } = changes(objectOf(known.request.body), view);
  const after = {
    ...thing,
    ...sent,
    ...(declared.touch === false ? {} : timesOf(collection.declaration.times?.updated, known)),
    ...objectOf(evaluate(declared.members ?? {}, { ...known, removed })),
  };
  return { thing: store(collection, after, known), removed };
}

/** Puts items behind a list in a thing, unless the request has nothing for the first of them. */
export function append({ declared, collection }: ReadyOperation, known: Known, { thing }: Kept): Changed {
  const { list, items } = declared.append ?? { list: "", items: [] };
  const before = thing[list];
  const made = items.map((item) => objectOf(evaluate(item, known)));
  const isComplete = Object.keys(objectOf(items[0])).every((name) => made[0]?.[name] !== undefined);
  if (!isComplete) return { thing };
  const after = {
    ...thing,
    [list]: [...(Array.isArray(before) ? before : []), ...made],
    ...timesOf(collection.declaration.times?.updated, known),
    ...objectOf(evaluate(declared.members ?? {}, known)),
  };
  return { thing: store(collection, after, known) };
}

/** Takes a thing away, and its id out of what refers to it. */
export function remove(
  { declared, collection }: ReadyOperation,
  { thing }: Kept,
  others: ReadonlyMap<string, Collection>,
): void {
  const id = collection.idOf(thing);
  collection.delete(id);
  for (const { collection: name, member } of declared.detach ?? []) {
    const other = others.get(name);
    for (const { thing: referring } of other?.all() ?? []) {
      if (String(referring[member]) === id) other?.put({ ...referring, [member]: null });
    }
  }
}

function add(
  collection: Collection,
  thing: JsonObject,
  about: Omit<Kept, "thing">,
  known: Known,
  make: (example: string) => string,
): JsonObject {
  const { id, times = {} } = collection.declaration;
  let made = make(String(thing[id] ?? "a1b2c3d4e5f6"));
  while (collection.get(made)) made = make(made);
  const both = [...(times.created ?? []), ...(times.updated ?? [])];
  return store(collection, { ...thing, ...timesOf(both, known), [id]: made }, known, about);
}

function store(collection: Collection, thing: JsonObject, known: Known, about?: Omit<Kept, "thing">): JsonObject {
  const implied = objectOf(evaluate(collection.declaration.members ?? {}, { ...known, thing }));
  return collection.put({ ...thing, ...implied }, about?.scope, about?.secrets).thing;
}

function timesOf(names: readonly string[] = [], { write, now }: Known): JsonObject {
  return Object.fromEntries(names.map((name) => [name, write(now)]));
}

function cutOff(
  thing: JsonObject,
  cut: ReadyOperation["declared"]["cut"],
  known: Known,
): { thing: JsonObject; removed: unknown[] } {
  const list = cut && thing[cut.list];
  if (!cut || !Array.isArray(list)) return { thing, removed: [] };
  const { keep, from } = cut;
  const asked = keep === undefined ? undefined : evaluate(keep, known);
  const last = from === undefined ? list.length : list.findLastIndex((item) => hasMembers(item, from));
  const kept = typeof asked === "number" ? asked : last < 0 ? list.length : last;
  return { thing: { ...thing, [cut.list]: list.slice(0, kept) }, removed: list.slice(kept) };
}
