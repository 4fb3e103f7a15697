import { partAt } from "../../testing/json.js";
import { type JsonObject, objectOf } from "../json.js";
import type { PrismRequest } from "../prism-modules.js";
import { answerAbout, answerListing } from "./answering.js";
import { append, type Changed, copy, create, remove, update } from "./changing.js";
import type { Collection, Kept } from "./collection.js";
import { inOrder, page, select } from "./listing.js";
import type { ReadyOperation } from "./operation.js";
import type { StateRequest } from "./request.js";
import { search } from "./searching.js";
import { writeTime } from "./time.js";
import { evaluate, type Known } from "./values.js";

/** What becomes of a request that the description accepts: a body for the answer, or another documented answer. */
export type Outcome = { body: unknown } | { status: number; example?: string | undefined };

/** What the operations of an API work on. */
export interface Store {
  readonly collections: ReadonlyMap<string, Collection>;
  /** By collection the members that a list can be filtered by. */
  readonly filterable: ReadonlyMap<string, ReadonlySet<string>>;
  /** By collection a thing as the examples show it. */
  readonly models: ReadonlyMap<string, JsonObject>;
  /** Makes a text in the form of another. */
  make(example: string): string;
  /** The time in milliseconds since the Unix epoch. */
  clock(): number;
}

/** Carries out a request; see {@link State.answer}. */
export function carryOut(operation: ReadyOperation, store: Store, sent: PrismRequest, example: unknown): Outcome {
  const { declared, collection, reader, at } = operation;
  const request = reader.read(sent);
  const shown = objectOf(partAt(example, at ?? []));
  const [timeMember = ""] = collection.declaration.times?.created ?? [];
  const timeExample = store.models.get(collection.name)?.[timeMember] ?? shown[timeMember];
  // Examples may be of a later day than today, and what is new has to be the newest.
  const now = Math.max(store.clock(), collection.newest);
  const known: Known = { request, now, write: (time) => writeTime(time, timeExample) };
  const missing = missingReference(operation, store, known);
  if (missing) return missing;

  const scope = scopeOf(operation, request);
  if (declared.action === "list" || declared.action === "search") return list(operation, store, known, scope, example);
  const answer = (changed: Changed) => {
    const about = { ...known, thing: changed.thing, removed: changed.removed ?? [] };
    return { body: answerAbout(operation, about, example, changed) };
  };
  if (declared.action === "create") return answer(create(operation, known, scope, shown, store.make));

  const id = operation.id === undefined ? undefined : evaluate(operation.id, known);
  if (id === undefined || id === null) return { body: example };
  const found: Kept[] = [];
  for (const one of [id].flat()) {
    const kept = collection.get(one);
    if (!kept) return declared.optional ? { body: answerAbout(operation, known, example) } : { status: 404 };
    const isOthers = scope !== undefined && kept.scope !== undefined && kept.scope !== scope;
    if (isOthers) return { status: collection.declaration.scope?.status ?? 404 };
    found.push(kept);
  }
  if (Array.isArray(id))
    return {
      body: answerListing(
        operation,
        known,
        example,
        found.map(({ thing }) => thing),
      ),
    };
  const [kept] = found as [Kept];
  const about = { ...known, thing: kept.thing };
  switch (declared.action) {
    case "update": {
      const changed = update(operation, about, kept);
      return changed ? answer(changed) : { status: 200, example: declared.cut?.nothing };
    }
    case "append":
      return answer(append(operation, about, kept));
    case "copy":
      return answer(copy(operation, about, kept, store.make));
    case "delete":
      remove(operation, kept, store.collections);
      return { body: answerAbout(operation, about, example) };
    default:
      return answer({ thing: kept.thing });
  }
}

function list(
  operation: ReadyOperation,
  store: Store,
  known: Known,
  scope: string | undefined,
  example: unknown,
): Outcome {
  const { declared, collection, paging } = operation;
  const { eligible, selected } = select(
    collection.all(),
    scope,
    declared,
    filtersOf(operation, store, known.request),
    known,
  );
  const ordered = inOrder(selected, declared, known);
  const found = declared.search ? search(ordered, declared.search, known) : ordered;
  const { query } = known.request;
  const asked = paging ? { page: query[paging.page], limit: query[paging.limit] } : {};
  const counters = { ...declared.counters, ...(paging ? { [paging.hasNext]: "hasNext" } : {}) };
  const listing = page(found, eligible, asked, counters);
  const about = { ...known, total: found.length };
  return { body: answerListing(operation, about, example, listing.things, listing.counters) };
}

/** What the request sends under the names of members, in its query and, if it is a search, in its body. */
function filtersOf(
  { declared, collection, reader }: ReadyOperation,
  { filterable }: Store,
  { query, body }: StateRequest,
): JsonObject {
  const members = filterable.get(collection.name) ?? new Set();
  const sent = { ...query, ...(declared.action === "search" ? objectOf(body) : {}) };
  const names = [...reader.query, ...reader.body.keys()].filter((name) => members.has(name));
  return Object.fromEntries(names.map((name) => [name, sent[name]]));
}

/** Whose things the request is about; undefined if it does not say. */
function scopeOf({ collection }: ReadyOperation, { path, query, body }: StateRequest): string | undefined {
  const { scope } = collection.declaration;
  if (!scope) return undefined;
  const value = path[scope.name] ?? query[scope.name] ?? objectOf(body)[scope.name];
  return value === undefined ? undefined : String(value);
}

function missingReference({ declared }: ReadyOperation, { collections }: Store, known: Known): Outcome | undefined {
  const missing = declared.refers?.find(({ collection, id }) => {
    const value = evaluate(id, known);
    return value !== undefined && value !== null && !collections.get(collection)?.get(value);
  });
  return missing && { status: 404, example: missing.example };
}
