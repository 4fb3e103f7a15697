import { partAt } from "../../testing/json.js";
import { isObject, type JsonObject, objectOf } from "../json.js";
import { resolve } from "../resolve.js";
import type { Collection } from "./collection.js";
import { type ReadyOperation, successExamples } from "./operation.js";
import { makeSamples } from "./samples.js";
import { isSecret } from "./schema.js";
import { writeTime } from "./time.js";
import { evaluate, type Known } from "./values.js";

/** What is in a collection from the beginning. */
export interface Seeds {
  things: { thing: JsonObject; scope: string | undefined }[];
  /** The first of those that examples show, as a model for others. */
  model: JsonObject;
}

/**
 * Finds what is in a collection from the beginning; what lists show first comes last.
 *
 * @param make makes an id in the form of another.
 */
export function seedsOf(
  root: JsonObject,
  collection: Collection,
  operations: readonly ReadyOperation[],
  make: (example: string) => string,
): Seeds {
  const { id, seeds = [], samples = [], times = {} } = collection.declaration;
  const found = new Map<string, { thing: JsonObject; scope: string | undefined }>();
  for (const operation of seeds.flatMap((name) => operations.filter(({ operationId }) => operationId === name))) {
    const scope = exampleScope(root, operation);
    for (const shown of shownIn(root, operation)) {
      const thing = asKept(shown, operation);
      const name = String(thing[id]);
      const before = found.get(name);
      found.set(name, { thing: { ...thing, ...before?.thing }, scope: before?.scope ?? scope });
    }
  }
  const [first] = found.values();
  const model = first?.thing ?? {};
  const sampled: Seeds["things"] = [];
  for (const one of samples) {
    for (const { thing, created, updated } of makeSamples(one)) {
      const set = (names: readonly string[] = [], time: number | undefined) =>
        names.flatMap((name): [string, unknown][] =>
          time === undefined ? [] : [[name, writeTime(time, model[name])]],
        );
      const dated = Object.fromEntries([...set(times.created, created), ...set(times.updated, updated)]);
      const name = String(thing[id] ?? make(String(model[id])));
      const before = found.get(name);
      const made = { [id]: name, ...before?.thing, ...thing, ...dated };
      if (before) found.set(name, { ...before, thing: made });
      else sampled.push({ thing: made, scope: one.scope });
    }
  }
  const things = [...sampled, ...[...found.values()].reverse()];
  return { model, things: things.map(({ thing, scope }) => ({ thing: withImplied(collection, thing), scope })) };
}

function withImplied({ declaration }: Collection, thing: JsonObject): JsonObject {
  const request = { path: {}, query: {}, body: undefined };
  const known: Known = { request, thing, now: 0, write: () => undefined };
  return { ...thing, ...objectOf(evaluate(declaration.members ?? {}, known)) };
}

/** The things in the examples of an operation's answer. */
function shownIn(root: JsonObject, { described, at }: ReadyOperation): JsonObject[] {
  if (at === undefined) return [];
  return successExamples(root, described.operation).flatMap((example) => [partAt(example, at)].flat().filter(isObject));
}

function asKept(shown: JsonObject, { view }: ReadyOperation): JsonObject {
  const kept = Object.entries(shown).filter(([name]) => {
    const member = view.members.get(name);
    return member === undefined || !isSecret(member);
  });
  return Object.fromEntries(kept.map(([name, value]) => [view.names[name] ?? name, structuredClone(value)]));
}

/** Whose the things in the examples are: what the request's own example says. */
function exampleScope(root: JsonObject, { described, collection }: ReadyOperation): string | undefined {
  const { scope } = collection.declaration;
  if (!scope) return undefined;
  const parameter = described.parameters.map((one) => resolve(root, one)).find(({ name }) => name === scope.name);
  const { content } = resolve(root, described.operation.requestBody);
  const { example, examples } = objectOf(objectOf(content)["application/json"]);
  const [named] = Object.values(objectOf(examples)).map((one) => resolve(root, one).value);
  const value = parameter?.example ?? objectOf(example ?? named)[scope.name];
  return value === undefined ? undefined : String(value);
}
