import { describe, follow } from "./operation-parts.js";
import { valueAt } from "./pointer.js";

/** @typedef {{ message: string, at?: string[] }} Fault */

/** What works on one thing, and so has to be told which. */
const ABOUT_ONE = ["read", "update", "append", "copy", "delete", "check"];

/**
 * What `x-state` refers to exists: its collection, the parts of the request and of the answer, the examples that it names, and
 * the 404 for what is not there.
 *
 * @type {import("@redocly/openapi-core").Oas3Rule}
 */
export const stateResolves = () => {
  /** @type {Map<string, any>} */
  const collections = new Map();
  /** @type {Map<string, any>} */
  const operations = new Map();
  return {
    Root: {
      enter(root, { resolve }) {
        const { "x-state": state = {} } = /** @type {any} */ (root);
        for (const [name, declared] of Object.entries(state)) collections.set(name, follow(resolve, declared).node);
      },
      leave(_root, { report, location }) {
        for (const [name, { seeds = [] }] of collections) {
          for (const seed of seeds) {
            if (operations.get(seed)?.collection === name) continue;
            report({
              message: `The seeds of \`${name}\` name ${seed}, which is no operation with an \`x-state\` on this collection. Name one that is.`,
              location: location.child(["x-state", name]),
            });
          }
        }
      },
    },
    Paths: {
      PathItem: {
        Operation(operation, { report, location, resolve, parent }) {
          const { "x-state": state } = /** @type {any} */ (operation);
          if (!state) return;
          operations.set(String(operation.operationId), state);
          const known = describe(operation, /** @type {any} */ (parent)?.parameters ?? [], resolve);
          for (const { message, at = [] } of faultsOf(state, known, collections)) {
            report({ message, location: location.child(["x-state", ...at]) });
          }
        },
      },
    },
  };
};

/**
 * @param {any} state
 * @param {ReturnType<typeof describe>} known
 * @param {Map<string, any>} collections
 * @returns {Fault[]}
 */
function faultsOf(state, known, collections) {
  /** @type {Fault[]} */
  const faults = [];
  const others = [...(state.refers ?? []), ...(state.detach ?? [])];
  for (const name of [state, ...others].map(({ collection }) => collection)) {
    if (collections.has(name)) continue;
    const declared = [...collections.keys()].join(", ") || "none yet";
    faults.push({
      message: `There is no collection \`${name}\`. Name one of the root's \`x-state\` (${declared}), or add it there.`,
      at: ["collection"],
    });
  }
  const pointers = [
    state.item,
    state.items,
    ...Object.keys({ ...state.counters, ...state.answer }),
    state.part?.offset,
    state.part?.truncated,
  ];
  for (const pointer of pointers) {
    if (pointer === undefined || known.examples.some((example) => valueAt(example, pointer) !== undefined)) continue;
    faults.push({ message: `No example of the answer has ${pointer}. Correct the pointer or an example.` });
  }
  for (const expression of expressionsIn(state)) {
    const [, place, name] = /^\$request\.(?:(path|query)\.|body#\/)([^/]+)/.exec(expression) ?? [];
    if (name === undefined) continue;
    const names = known[/** @type {"path" | "query"} */ (place) ?? "body"];
    if (names.includes(name)) continue;
    const from = place === undefined ? "the body has no such member" : `there is no such parameter in the ${place}`;
    faults.push({
      message: `\`${expression}\` stands for nothing: ${from}. Name one of: ${names.join(", ") || "none"}.`,
    });
  }
  return [...faults, ...idFaults(state, known, collections), ...exampleFaults(state, known)];
}

/** @param {any} state @param {ReturnType<typeof describe>} known @param {Map<string, any>} collections @returns {Fault[]} */
function idFaults({ action, id, optional, collection }, known, collections) {
  if (!ABOUT_ONE.includes(action)) return [];
  const name = collections.get(collection)?.id;
  const isImplied = known.path.length > 0 || [...known.query, ...known.body].includes(name);
  /** @type {Fault[]} */
  const faults = [];
  if (id === undefined && !isImplied) {
    faults.push({
      message: "The request does not say which thing is meant. Add `id`, such as `id: $request.body#/keyId`.",
    });
  }
  if (!optional && !known.has404) {
    faults.push({
      message:
        "No 404 is described for a thing that is not there. Add it, or `optional: true` where that succeeds, too.",
    });
  }
  return faults;
}

/** @param {any} state @param {ReturnType<typeof describe>} known @returns {Fault[]} */
function exampleFaults({ refers = [], cut }, { named, named404 }) {
  /** @type {Fault[]} */
  const faults = [];
  if (cut?.nothing !== undefined && !named.includes(cut.nothing)) {
    faults.push({
      message: `The answer has no example \`${cut.nothing}\`. Name one of: ${named.join(", ")}.`,
      at: ["cut"],
    });
  }
  for (const { example } of refers) {
    if (example === undefined || named404.includes(example)) continue;
    faults.push({
      message: `The 404 has no example \`${example}\`. Name one of: ${named404.join(", ")}.`,
      at: ["refers"],
    });
  }
  return faults;
}

/**
 * The runtime expressions anywhere in a declaration, also those within texts and those that are keys.
 *
 * @param {any} value
 * @returns {string[]}
 */
function expressionsIn(value) {
  if (typeof value === "string") return value.match(/\$request\.[^}\s]+/g) ?? [];
  if (typeof value !== "object" || value === null) return [];
  return [...Object.keys(value), ...Object.values(value)].flatMap(expressionsIn);
}
