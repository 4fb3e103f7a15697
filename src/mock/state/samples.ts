import { randomFrom } from "../../verify/random.js";
import { isObject, type JsonObject } from "../json.js";

/** Things made of patterns; see `specs/README.md`. */
export interface Samples {
  /** Whose they are. */
  scope?: string;
  /** How many to make; as many as there are patterns unless said otherwise. */
  count?: number;
  /** Between which times they were created, in ISO 8601. */
  from?: string;
  to?: string;
  /** The member that no two things have alike, as far as the patterns allow. */
  distinct?: string;
  /** What can stand where a pattern says `{name}`. */
  slots?: Record<string, string[]>;
  /** The patterns, taken in turn. */
  things: JsonObject[];
}

/** A thing made of a pattern. */
export interface Sample {
  thing: JsonObject;
  /** When it was created and last changed, in milliseconds since the Unix epoch; undefined if no times are given. */
  created: number | undefined;
  updated: number | undefined;
}

/** How often a pattern is filled anew that came out as another did. */
const attempts = 100;

/**
 * Makes things of patterns, the oldest first; the same every time.
 *
 * Within a pattern `{name}` is one of the slot's texts, the same wherever it stands in one thing; `{name#2}` is another
 * one of the same slot. What ends with a full stop begins with a capital. `{ oneOf: [...] }` is one of its values,
 * `{ some: [...] }` a list of one or more of them, and `{ between: [low, high] }` a number with two decimals.
 */
export function makeSamples({ count, from, to, distinct, slots = {}, things }: Samples): Sample[] {
  const random = randomFrom(things.length);
  const total = count ?? things.length;
  const seen = new Set<unknown>();
  return Array.from({ length: total }, (_, index) => {
    const pattern = things[index % things.length] ?? {};
    let thing = fillIn(pattern, slots, random);
    for (let attempt = 1; distinct !== undefined && attempt < attempts && seen.has(thing[distinct]); attempt++) {
      thing = fillIn(pattern, slots, random);
    }
    if (distinct !== undefined) seen.add(thing[distinct]);
    return { thing, ...timesOf(index / total, 1 / total, from, to, random) };
  });
}

function fillIn(pattern: JsonObject, slots: Record<string, string[]>, random: () => number): JsonObject {
  const chosen = new Map<string, string>();
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)];
  const slot = (key: string): string => {
    const [name = ""] = key.split("#");
    const taken = [...chosen].filter(([other]) => other.split("#")[0] === name).map(([, text]) => text);
    const text = chosen.get(key) ?? pick((slots[name] ?? []).filter((one) => !taken.includes(one))) ?? `{${key}}`;
    chosen.set(key, text);
    return fillText(text);
  };
  const fillText = (text: string) => text.replace(/\{([\w#]+)\}/g, (_all, key: string) => slot(key));
  const fill = (value: unknown): unknown => {
    if (typeof value === "string") {
      const filled = fillText(value);
      return filled.endsWith(".") ? filled.replace(/(?<=^|\. )\p{Ll}/gu, (letter) => letter.toUpperCase()) : filled;
    }
    if (Array.isArray(value)) return value.map(fill);
    if (!isObject(value)) return value;
    const { oneOf, some, between } = value;
    if (Array.isArray(oneOf)) return fill(pick(oneOf));
    if (Array.isArray(some)) return some.filter((_, index) => index === 0 || random() < 0.5).map(fill);
    if (Array.isArray(between)) return round(Number(between[0]) + random() * (Number(between[1]) - Number(between[0])));
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, fill(member)]));
  };
  return fill(pattern) as JsonObject;
}

function round(number: number): number {
  return Math.round(number * 100) / 100;
}

/** Every third thing was changed since it was created. */
function timesOf(
  position: number,
  step: number,
  from: string | undefined,
  to: string | undefined,
  random: () => number,
): Pick<Sample, "created" | "updated"> {
  if (from === undefined || to === undefined) return { created: undefined, updated: undefined };
  const [start, end] = [Date.parse(from), Date.parse(to)];
  const seconds = (time: number) => Math.floor(time / 1000) * 1000;
  const created = seconds(start + (position + random() * step) * (end - start));
  const updated = random() < 1 / 3 ? seconds(created + random() * (end - created)) : created;
  return { created, updated };
}
