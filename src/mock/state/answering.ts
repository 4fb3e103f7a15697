import { type Json, partAt, pointerSteps, withPart } from "../../testing/json.js";
import { type JsonObject, objectOf } from "../json.js";
import type { Changed } from "./changing.js";
import type { ReadyOperation } from "./operation.js";
import { show } from "./thing.js";
import { evaluate, type Known } from "./values.js";

/** The example of an answer with other values at some places; an undefined one is taken out. */
export function withParts(example: unknown, parts: Iterable<readonly [pointer: string, value: unknown]>): unknown {
  let body = example as Json | undefined;
  for (const [pointer, value] of parts) body = withPart(body ?? {}, pointerSteps(pointer), value as Json | undefined);
  return body;
}

/** The answer about one thing, or about none: the example with the thing and the declared parts in it. */
export function answerAbout(
  { declared, at, view }: ReadyOperation,
  known: Known,
  example: unknown,
  changed?: Changed,
): unknown {
  const parts = declaredParts(declared.answer, known);
  if (!changed || at === undefined) return withParts(example, parts);
  const { thing, windowed } = windowOf(changed.thing, declared.part, known);
  const shown = show(thing, view, objectOf(partAt(example, at)), changed.secrets);
  return withParts(withPart(example as Json, at, shown as Json), [...windowed, ...parts]);
}

/** The answer that lists things. */
export function answerListing(
  { declared, at, view }: ReadyOperation,
  known: Known,
  example: unknown,
  things: readonly JsonObject[],
  counters: Iterable<[string, unknown]> = [],
): unknown {
  const parts = [...counters, ...declaredParts(declared.answer, known)];
  if (at === undefined) return withParts(example, parts);
  const listed = partAt(example, at);
  const model = objectOf(Array.isArray(listed) ? listed[0] : undefined);
  const shown = things.map((thing) => show(thing, view, model));
  return withParts(withPart(example as Json, at, shown as Json), parts);
}

function declaredParts(answer: JsonObject | undefined, known: Known): [string, unknown][] {
  return Object.entries(answer ?? {}).map(([pointer, value]) => [pointer, evaluate(value, known)]);
}

/** A thing with only a part of one of its lists, counted from the end, and where that part is. */
function windowOf(
  thing: JsonObject,
  part: ReadyOperation["declared"]["part"],
  known: Known,
): { thing: JsonObject; windowed: [string, unknown][] } {
  const list = part && thing[part.list];
  if (!part || !Array.isArray(list)) return { thing, windowed: [] };
  const [limit, before] = [evaluate(part.limit, known), evaluate(part.before, known)];
  const end = Math.min(list.length, Number(before ?? list.length));
  const start = limit === undefined ? 0 : Math.max(0, end - Math.max(1, Number(limit)));
  const isShown = part.shown === undefined || Boolean(evaluate(part.shown, known));
  return {
    thing: { ...thing, [part.list]: isShown ? list.slice(start, end) : [] },
    windowed: [
      [part.offset, isShown ? start : 0],
      [part.truncated, isShown && start > 0],
    ],
  };
}
