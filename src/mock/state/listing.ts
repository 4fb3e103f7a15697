import { isObject, type JsonObject } from "../json.js";
import type { Kept } from "./collection.js";
import type { HideRule, OperationDeclaration } from "./declaration.js";
import { evaluate, hasMembers, type Known } from "./values.js";

/** What a list answers, and what it counts. */
export interface Listing {
  things: JsonObject[];
  /** By the pointers into the answer. */
  counters: Map<string, unknown>;
}

/** Those of the things that a list may show at all, and those that this request asks for. */
export function select(
  kept: readonly Kept[],
  scope: string | undefined,
  { hide = [] }: OperationDeclaration,
  filters: JsonObject,
  known: Known,
): { eligible: JsonObject[]; selected: JsonObject[] } {
  const isConditional = ({ unless, given }: HideRule) => unless !== undefined || given !== undefined;
  const applies = ({ given = {}, unless }: HideRule) =>
    evaluate(unless, known) !== true && Object.entries(given).every(([name, value]) => evaluate(name, known) === value);
  const isHidden = (thing: JsonObject, rules: HideRule[]) => rules.some(({ when }) => hasMembers(thing, when));
  const always = hide.filter((rule) => !isConditional(rule));
  const usually = hide.filter((rule) => isConditional(rule) && applies(rule));
  const eligible = kept
    .filter((one) => scope === undefined || one.scope === scope)
    .map(({ thing }) => thing)
    .filter((thing) => !isHidden(thing, always));
  const selected = eligible.filter(
    (thing) =>
      !isHidden(thing, usually) && Object.entries(filters).every(([name, wanted]) => fits(thing[name], wanted)),
  );
  return { eligible, selected };
}

/** Of several wanted values, which a query separates with commas where a thing has a list, one is enough. */
function fits(value: unknown, wanted: unknown): boolean {
  if (wanted === undefined || wanted === null || wanted === "") return true;
  const split =
    Array.isArray(value) && typeof wanted === "string" ? wanted.split(",").map((one) => one.trim()) : wanted;
  const [has, wants] = [[value].flat(), [split].flat()];
  return wants.some((one) => has.some((other) => String(one) === String(other)));
}

/** Puts things in order; those that are alike stay as they are, or in the other order if the list counts up. */
export function inOrder(
  things: readonly JsonObject[],
  { sort }: OperationDeclaration,
  known: Known,
): readonly JsonObject[] {
  if (!sort) return things;
  const asked = sort.request === undefined ? undefined : evaluate(sort.request, known);
  const order = sort.order === undefined ? undefined : evaluate(sort.order, known);
  const keys = (typeof asked === "string" ? [asked] : sort.by).map((key) => {
    const name = key.replace(/^-/, "");
    return { name, sign: (order === undefined ? key.startsWith("-") : order === "desc") ? -1 : 1 };
  });
  const last = keys.at(-1)?.sign ?? -1;
  const inTurn = last < 0 ? things : [...things].reverse();
  return [...inTurn].sort((a, b) => {
    for (const { name, sign } of keys) {
      const difference = compare(a[name], b[name]);
      if (difference !== 0) return difference * sign;
    }
    return 0;
  });
}

function compare(a: unknown, b: unknown): number {
  if (typeof a === "string" && typeof b === "string") return a < b ? -1 : Number(a > b);
  return Number(a ?? 0) - Number(b ?? 0);
}

/** Cuts a page out of what was selected, and counts. */
export function page(
  selected: readonly JsonObject[],
  eligible: readonly JsonObject[],
  asked: { page?: unknown; limit?: unknown },
  counters: Record<string, string | JsonObject>,
): Listing {
  const total = selected.length;
  // No minimum is documented for every API, and a page of nothing would never end.
  const limit = Math.max(1, Number(asked.limit ?? total) || 1);
  const number = Math.max(1, Number(asked.page ?? 1) || 1);
  const pages = Math.ceil(total / limit);
  const things = selected.slice((number - 1) * limit, number * limit);
  const counts: JsonObject = { page: number, limit, total, pages, hasNext: number < pages, hasPrevious: number > 1 };
  return {
    things,
    counters: new Map(
      Object.entries(counters).map(([pointer, what]) => [
        pointer,
        isObject(what) ? eligible.filter((thing) => hasMembers(thing, what)).length : counts[what],
      ]),
    ),
  };
}
