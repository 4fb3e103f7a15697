import type { Json } from "../json.js";
import type { SchemaObject } from "../openapi.js";
import type { Mutation } from "./mutation.js";

/** The longest list that is made. */
const LONGEST = 10_000;

/** Lists as short and as long as allowed, and one item beyond; a list with an item twice. */
export function arrayMutations(schema: SchemaObject, list: readonly Json[]): Mutation[] {
  const { minItems = 0, maxItems = Number.POSITIVE_INFINITY, uniqueItems } = schema;
  const mutations: Mutation[] = [];
  const add = (kind: Mutation["kind"], keyword: string, wording: string, length: number) =>
    mutations.push({ kind, keyword, wording, candidates: resized(list, length) });
  if (minItems > 0) {
    add("positive", "minItems", `with ${count(minItems)}`, minItems);
    add("negative", "minItems", `with fewer than ${count(minItems)}`, minItems - 1);
  }
  if (maxItems < Number.POSITIVE_INFINITY) {
    if (maxItems !== minItems) add("positive", "maxItems", `with ${count(maxItems)}`, maxItems);
    add("negative", "maxItems", `with more than ${count(maxItems)}`, maxItems + 1);
  }
  const [first] = list;
  if (uniqueItems && first !== undefined) {
    mutations.push({
      kind: "negative",
      keyword: "uniqueItems",
      wording: "with an item twice",
      candidates: [[first, first]],
    });
  }
  return mutations;
}

/** First the items over and over; then, in case they have to differ, with a number behind each text. */
function resized(list: readonly Json[], length: number): Json[][] {
  if (length > LONGEST) return [];
  if (list.length >= length) return [list.slice(0, length)];
  if (list.length === 0) return [];
  const repeated = Array.from({ length }, (_, index): Json => list[index % list.length] ?? null);
  const varied = repeated.map((item, index) => {
    if (index < list.length) return item;
    if (typeof item === "string") return `${item}${index}`;
    return typeof item === "number" ? item + index : item;
  });
  return [varied, repeated];
}

function count(items: number): string {
  return items === 1 ? "1 item" : `${items} items`;
}
