import { partAt, pointerSteps } from "../../testing/json.js";
import { isObject, type JsonObject } from "../json.js";
import type { StateRequest } from "./request.js";

/** What the values of a declaration can refer to. */
export interface Known {
  request: StateRequest;
  /** The thing that the request is about, if it is about one. */
  thing?: JsonObject | undefined;
  /** What was cut off of a list of the thing. */
  removed?: unknown[];
  /** How many things a list has on all its pages. */
  total?: number;
  /** The time of the request in milliseconds since the Unix epoch, as the collection writes times. */
  write(time: number): unknown;
  now: number;
}

const dayMs = 86_400_000;

/**
 * Works out a value of a declaration. Runtime expressions (OpenAPI 3.2, "Runtime Expressions") stand for parts of the
 * request, alone or within a text in braces: `$request.body#/title`. Besides, `$thing#/title` stands for a part of the thing,
 * `$removed#/0` for one of what was cut off, `$total` for the length of a list, and `$now` for the time. An object with one of the keys below is worked out, too;
 * anything else stays as it is.
 *
 * - `{ first: [a, b] }`: the first of these that is there
 * - `{ when: a, value: b, otherwise: c }`: one of two, where nothing, null, false, 0 and an empty text count as no
 * - `{ sum: [a, b] }`: of numbers
 * - `{ count: list, where: members }`: how many items a list has, or how many with these members
 * - `{ inDays: number }`: the time so many days from now, or null without a number
 * - `{ lowerCase: text }`
 * - `{ start: text, length: number }`: the beginning of a text, with an ellipsis if that is not all
 *
 * @returns undefined if what it stands for is not there.
 */
export function evaluate(declared: unknown, known: Known): unknown {
  if (typeof declared === "string") return textOf(declared, known);
  if (Array.isArray(declared)) return declared.map((item) => evaluate(item, known));
  if (!isObject(declared)) return declared;
  const worked = (value: unknown) => evaluate(value, known);
  if ("when" in declared) return worked(worked(declared.when) ? declared.value : declared.otherwise);
  const { first, sum, count, where, inDays, lowerCase, start, length } = declared;
  if (Array.isArray(first)) return first.map(worked).find((value) => value !== undefined);
  if (Array.isArray(sum)) return sum.reduce((total: number, value) => total + Number(worked(value) ?? 0), 0);
  if (count !== undefined) return countOf(worked(count), where);
  if ("inDays" in declared) return inDaysOf(worked(inDays), known);
  if (lowerCase !== undefined) return lower(worked(lowerCase));
  if (start !== undefined) return startOf(worked(start), Number(length));
  const members = Object.entries(declared).map(([name, value]) => [name, worked(value)]);
  return Object.fromEntries(members.filter(([, value]) => value !== undefined));
}

/** Whether a thing has all these members. */
export function hasMembers(thing: unknown, members: JsonObject): boolean {
  return isObject(thing) && Object.entries(members).every(([name, value]) => thing[name] === value);
}

function textOf(text: string, known: Known): unknown {
  if (text.startsWith("$")) return expression(text, known);
  if (!text.includes("{$")) return text;
  let complete = true;
  const filled = text.replace(/\{(\$[^}]*)\}/g, (_all, inner: string) => {
    const value = expression(inner, known);
    complete &&= value !== undefined;
    return String(value);
  });
  return complete ? filled : undefined;
}

function expression(text: string, { request, thing, removed, total, write, now }: Known): unknown {
  if (text === "$now") return write(now);
  if (text === "$total") return total;
  const [, place, name] = /^\$request\.(path|query)\.(.+)$/.exec(text) ?? [];
  if (name !== undefined) return request[place as "path" | "query"][name];
  const [, source = "", pointer = ""] = /^\$(request\.body|thing|removed)(?:#(.*))?$/.exec(text) ?? [];
  const whole = { "request.body": request.body, thing, removed }[source];
  return partAt(whole, pointerSteps(pointer));
}

function countOf(list: unknown, where: unknown): number | undefined {
  if (!Array.isArray(list)) return undefined;
  return isObject(where) ? list.filter((item) => hasMembers(item, where)).length : list.length;
}

function inDaysOf(days: unknown, { write, now }: Known): unknown {
  return typeof days === "number" ? write(now + days * dayMs) : null;
}

function lower(text: unknown): unknown {
  return typeof text === "string" ? text.toLowerCase() : text;
}

function startOf(text: unknown, length: number): unknown {
  if (typeof text !== "string") return undefined;
  return text.length > length ? `${text.slice(0, length)}...` : text;
}
