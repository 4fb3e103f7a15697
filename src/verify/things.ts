import type { Case, Operation } from "../testing/index.js";
import { isJsonObject, isObject, type Json } from "../testing/json.js";
import { type Exchange, jsonOf } from "./exchange.js";
import type { Item } from "./resources.js";

/** A thing as an answer shows it. */
export type Thing = Record<string, unknown>;

/** What an answer holds apart from its envelope. */
export function payloadOf(exchange: Exchange, member: string | undefined): unknown {
  const body = jsonOf(exchange);
  return member !== undefined && isObject(body) && Object.hasOwn(body, member) ? body[member] : body;
}

/** The id of a thing: the member that is called like the parameter which takes it, or `id`. */
export function idOf(thing: Thing, parameter: string): string | undefined {
  for (const name of [parameter, "id", "_id"]) {
    const value = thing[name];
    if (typeof value === "string" || typeof value === "number") return String(value);
  }
  return undefined;
}

/** The thing in an answer about one: the payload itself, or its one member that has an id. */
export function thingIn(payload: unknown, parameter: string): Thing | undefined {
  if (!isObject(payload)) return undefined;
  if (idOf(payload, parameter) !== undefined) return payload;
  const inner = Object.values(payload).filter(isObject);
  return inner.find((one) => idOf(one, parameter) !== undefined);
}

/** The things in an answer that lists them: the payload, or the first list in it whose items have ids. */
export function thingsIn(payload: unknown, parameter: string): Thing[] | undefined {
  const lists = Array.isArray(payload)
    ? [payload]
    : isObject(payload)
      ? Object.values(payload).filter(Array.isArray)
      : [];
  const listed = lists.find((one) => one.some((item) => isObject(item) && idOf(item, parameter) !== undefined));
  // A list without items says as much: what was looked for is not there.
  return (listed ?? lists[0])?.filter(isObject);
}

/** A valid case with another id in it. */
export function withId(made: Case, { operation, in: where, parameter }: Item, id: string): Case {
  if (where === "path") {
    const segments = made.path.split("/");
    const at = operation.path.split("/").indexOf(`{${parameter}}`);
    return { ...made, path: segments.map((one, index) => (index === at ? encodeURIComponent(id) : one)).join("/") };
  }
  if (where === "query") {
    const query = made.query.map((pair) =>
      pair.name === parameter ? { ...pair, value: encodeURIComponent(id) } : pair,
    );
    return { ...made, query };
  }
  const body: Json = isJsonObject(made.body) ? { ...made.body, [parameter]: id } : (made.body ?? null);
  return { ...made, body };
}

/** An id in the same form that nothing has. */
export function strangeId(id: string): string {
  const changed = id.replace(/[0-9a-f]+$/i, (end) => end.replace(/\d/g, "7").replace(/[a-f]/gi, "f"));
  return changed === id ? `${id}0` : changed;
}

/** Which members two views of one thing share but say differently; members that may change by themselves are left out. */
export function differences(left: Thing, right: Thing, steady: (name: string) => boolean): string[] {
  return Object.keys(left).filter((name) => {
    if (!Object.hasOwn(right, name) || !steady(name)) return false;
    const [one, other] = [left[name], right[name]];
    // An excerpt in a list is no contradiction of the whole text.
    if (typeof one === "string" && typeof other === "string" && isExcerpt(one, other)) return false;
    const scalar = (value: unknown) => value === null || typeof value !== "object";
    return scalar(one) && scalar(other) && one !== other;
  });
}

function isExcerpt(short: string, long: string): boolean {
  return /(\.\.\.|…)$/.test(short) && long.startsWith(short.replace(/(\.\.\.|…)$/, ""));
}

/** A finding about a thing belongs to the operation that was asked for it. */
export function aboutOperation({ operationId, place }: Operation) {
  return { operationId, pointer: place.pointer, evidence: place.evidence };
}
