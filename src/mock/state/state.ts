import type { JsonObject } from "../json.js";
import type { PrismOperation, PrismRequest } from "../prism-modules.js";
import { carryOut, type Outcome, type Store } from "./carry-out.js";
import { Collection } from "./collection.js";
import { collectionsOf, statefulOperations } from "./declaration.js";
import { createMaker } from "./like.js";
import { makeReady, type ReadyOperation } from "./operation.js";
import { seedsOf } from "./seeding.js";

/** How many things a collection has; and of each scope, if it has scopes. */
export interface Count {
  count: number;
  scopes?: Record<string, number>;
}

/** The things that an API keeps while the mock runs. */
export interface State {
  /**
   * Carries out a request. At once, so that requests side by side see one another's changes whole or not at all.
   *
   * @param request one that the description accepts.
   * @param example the body of the documented answer; not changed.
   * @returns the documented 401 if its credential was deleted; undefined if the operation works on nothing that is
   *   kept.
   * @throws HttpProblem, a 507, if there is no room for what the request brings.
   */
  answer(operation: PrismOperation, request: PrismRequest, example: unknown): Outcome | undefined;
  /** Puts everything back as it was at the beginning. */
  reset(): void;
  counts(): Record<string, Count>;
}

/** Ids and secrets are the same after every start, and those of samples others. */
const [seedOfIds, seedOfSamples] = [1, 2];

/**
 * Makes the state of an API, with what is there from the beginning.
 *
 * @param clock the time in milliseconds since the Unix epoch.
 * @throws TypeError if the description's `x-state` names a collection that it does not declare.
 */
export function createState(description: object, clock: () => number = Date.now): State {
  const root = description as JsonObject;
  const collections = new Map<string, Collection>();
  for (const [name, declaration] of collectionsOf(root)) {
    const others = () => [...collections.values()].reduce((sum, one) => sum + (one.name === name ? 0 : one.size), 0);
    collections.set(name, new Collection(name, declaration, others));
  }
  const operations = new Map(
    statefulOperations(root).map((described): [string, ReadyOperation] => {
      const collection = collections.get(described.state.collection) as Collection;
      return [`${described.method} ${described.path}`, makeReady(root, described, collection)];
    }),
  );
  const make = createMaker(seedOfSamples);
  const seeds = [...collections.values()].map((collection) => ({
    collection,
    ...seedsOf(root, collection, [...operations.values()], make),
  }));
  const store: Store = {
    collections,
    filterable: new Map([...collections.keys()].map((name) => [name, membersOf(name, operations.values())])),
    models: new Map(seeds.map(({ collection, model }) => [collection.name, model])),
    make: createMaker(seedOfIds),
    clock,
  };
  const reset = () => {
    store.make = createMaker(seedOfIds);
    for (const { collection, things } of seeds) {
      collection.clear();
      for (const { thing, scope } of things) collection.put(thing, scope);
    }
  };
  reset();
  return {
    answer({ method, path }, request, example) {
      const refused = refusalOf(collections.values(), request);
      if (refused) return refused;
      const operation = operations.get(`${method} ${path}`);
      return operation && carryOut(operation, store, request, example);
    },
    reset,
    counts: () => Object.fromEntries([...collections].map(([name, collection]) => [name, countOf(collection)])),
  };
}

/** Any value is taken for a credential, but for those that were created and deleted here. */
function refusalOf(collections: Iterable<Collection>, { headers, url }: PrismRequest): Outcome | undefined {
  const sent = [...Object.values(headers), ...Object.values(url.query).flat()].map((text) =>
    text.replace(/^\w+ +/, ""),
  );
  for (const collection of collections) {
    const { credential } = collection.declaration;
    if (credential === undefined || !sent.some((text) => collection.hasRevoked(text))) continue;
    return { status: 401, example: credential };
  }
  return undefined;
}

/** The names of the members that the answers show of a collection's things. */
function membersOf(name: string, operations: Iterable<ReadyOperation>): Set<string> {
  const about = [...operations].filter(({ collection }) => collection.name === name);
  return new Set(about.flatMap(({ view }) => [...view.members.keys()].map((shown) => view.names[shown] ?? shown)));
}

function countOf(collection: Collection): Count {
  const all = collection.all();
  if (!collection.declaration.scope) return { count: all.length };
  const scopes: Record<string, number> = {};
  for (const { scope = "" } of all) scopes[scope] = (scopes[scope] ?? 0) + 1;
  return { count: all.length, scopes };
}
