import { isObject, type JsonObject, objectOf } from "../json.js";
import type { Samples } from "./samples.js";

/** What an operation does to a collection. */
export type Action = "create" | "read" | "list" | "search" | "update" | "append" | "copy" | "delete" | "check";

/** A kind of thing that a description says to be kept: a member of the root's `x-state`; see `specs/README.md`. */
export interface CollectionDeclaration {
  /** The member of a thing that is its id. */
  id: string;
  /** The parameter, or member of a body, that says whose things are meant. */
  scope?: { name: string; status?: number };
  /** If secrets of things are credentials, the example of the 401 that says that one is not accepted any more. */
  credential?: string;
  /** The members that are times: of the creation, and of the last change. */
  times?: { created?: string[]; updated?: string[] };
  /** Members that follow from others; set anew after every change. */
  members?: JsonObject;
  /** Operations whose examples are there from the beginning; of one id the first example counts. */
  seeds?: string[];
  /** Things that are there besides. */
  samples?: Samples[];
}

/** What an operation does: its `x-state`; see `specs/README.md`. */
export interface OperationDeclaration {
  collection: string;
  action: Action;
  /** Where the request says which thing, or which things, are meant. */
  id?: string;
  /** Whether it succeeds also where there is no such thing; false unless said otherwise. */
  optional?: boolean;
  /** Where the answer shows the thing, or the list of things. */
  item?: string;
  items?: string;
  /** What the answer calls some members otherwise, with their names in the collection. */
  names?: Record<string, string>;
  /** Values of members of the thing that are not simply those of the request. */
  members?: JsonObject;
  /** Values of other parts of the answer, by their pointers. */
  answer?: JsonObject;
  /** Whether a change counts as one; true unless said otherwise. */
  touch?: boolean;
  /** Which things a list leaves out, unless the request asks for them. */
  hide?: HideRule[];
  /** The order of a list: members, with `-` before those that count down, or what the request says. */
  sort?: { by: string[]; request?: string; order?: string };
  /** Where the answer counts, and what: `total`, `page` …, or the things with these members. */
  counters?: Record<string, string | JsonObject>;
  /** How a search finds things. */
  search?: SearchDeclaration;
  /** What is cut off of a list in a thing: all but so many, or all from the last one with these members. */
  cut?: { list: string; keep?: string; from?: JsonObject; nothing?: string };
  /** Which part of a list in a thing the answer shows. */
  part?: { list: string; limit: string; before: string; offset: string; truncated: string; shown?: string };
  /** What is put behind a list in a thing. */
  append?: { list: string; items: unknown[] };
  /** Things of other collections that have to be there; `example` is the name of the 404 that says that one is not. */
  refers?: { collection: string; id: string; example?: string }[];
  /** What becomes of the things of other collections that name a deleted one: the member that does becomes null. */
  detach?: { collection: string; member: string }[];
}

/** Things that a list leaves out: those with all these members. */
export interface HideRule {
  when: JsonObject;
  /** What the request has to say for this to count, by runtime expressions; always if there is nothing. */
  given?: JsonObject;
  /** What the request says if they shall be listed all the same. */
  unless?: string;
}

/** How a search finds things. */
export interface SearchDeclaration {
  query: string;
  /** Where in a thing is searched. */
  in: (string | SearchPlace)[];
  /** Whether the words of the query are looked for, which ranks what is found, or its text as it is. */
  match: "words" | "text";
  /** The member that tells how well a thing fits, from 0 to 1. */
  score?: string;
  minScore?: string;
  limit?: string;
}

/** A part of a thing that is searched. */
export interface SearchPlace {
  /** A JSON Pointer in which `*` stands for every item of a list. */
  at: string;
  /** Whether it is searched at all; 0 and false say no. */
  when?: string;
  /** How many items of the list are searched, from the first on; 0 for all. */
  first?: string;
  /** Members of a result whose text was found here. */
  members?: JsonObject;
  /** The member of such a result that has the text around what was found. */
  preview?: string;
}

/** An operation that has an `x-state`. */
export interface StatefulOperation {
  path: string;
  method: string;
  /** The operation as described. */
  operation: JsonObject;
  /** Its parameters and those of its path. */
  parameters: unknown[];
  state: OperationDeclaration;
}

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/** The collections that a description declares, by name. */
export function collectionsOf(description: JsonObject): Map<string, CollectionDeclaration> {
  return new Map(Object.entries(objectOf(description["x-state"])) as [string, CollectionDeclaration][]);
}

/**
 * The operations that a description declares to work on a collection.
 *
 * @throws TypeError if one names a collection that is not declared.
 */
export function statefulOperations(description: JsonObject): StatefulOperation[] {
  const collections = collectionsOf(description);
  return operationsOf(description).flatMap((found) => {
    const state = found.operation["x-state"];
    if (!isObject(state)) return [];
    const { collection } = state;
    if (!collections.has(String(collection))) {
      const known = [...collections.keys()].join(", ") || "none";
      const where = `x-state of ${found.method.toUpperCase()} ${found.path}`;
      throw new TypeError(`There is no collection "${collection}" (${where}). The root's x-state has: ${known}.`);
    }
    return [{ ...found, state: state as unknown as OperationDeclaration }];
  });
}

/** All operations under `paths`. */
export function operationsOf(description: JsonObject): Omit<StatefulOperation, "state">[] {
  return Object.entries(objectOf(description.paths)).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = objectOf(item)[method];
      if (!isObject(operation)) return [];
      const parameters = [objectOf(item).parameters, operation.parameters].flatMap((some) => some ?? []) as unknown[];
      return [{ path, method, operation, parameters }];
    }),
  );
}
