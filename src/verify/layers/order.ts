import type { Operation } from "../../testing/index.js";
import { isObject } from "../../testing/json.js";
import type { OpenApiDocument } from "../../testing/openapi.js";
import { schemasOf } from "../../testing/schema-walk.js";
import type { Observation } from "../finding.js";
import { aboutOperation } from "../things.js";

/** The parameters that set the order of a list, as far as its description tells. */
export interface Ordering {
  /** The parameter that names the field to order by, and the names that it knows. */
  readonly sort: string;
  readonly fields: readonly string[];
  /** The parameter that takes `asc` or `desc`. */
  readonly direction: string;
}

/** Finds the parameters that set the order: an enum of names beside an enum that knows `asc` and `desc`. */
export function orderingOf(document: OpenApiDocument, { parameters }: Operation): Ordering | undefined {
  const listed = parameters.flatMap(({ in: place, name, schema }) => {
    const values = schema ? schemasOf(document, schema).flatMap(({ value }) => value.enum ?? []) : [];
    return place === "query" && values.length > 0 ? [{ name, values: values.map(String) }] : [];
  });
  const direction = listed.find(({ values }) => values.includes("asc") && values.includes("desc"));
  const sort = listed.find(({ name }) => /^(sort|order)_?-?by$|^sort$/i.test(name));
  return direction && sort && { sort: sort.name, fields: sort.values, direction: direction.name };
}

/** A list that is not in the order that was asked for; where things lack the field, or are alike, nothing can be said. */
export function outOfOrder(
  operation: Operation,
  { sort }: Ordering,
  items: readonly unknown[],
  field: string,
  direction: "asc" | "desc",
): Observation[] {
  const values = items.map((item) => (isObject(item) ? rank(item[field]) : undefined));
  const at = values.findIndex((value, index) => {
    const before = values[index - 1];
    if (value === undefined || before === undefined) return false;
    return direction === "asc" ? before > value : before < value;
  });
  if (at < 0) return [];
  const place = operation.parameters.find(({ name }) => name === sort)?.place ?? operation.place;
  return [
    {
      ...aboutOperation(operation),
      check: "list-order",
      pointer: place.pointer,
      evidence: place.evidence,
      message: `The list is not in the order of ${field}, ${direction}.`,
      location: field,
      expected: `${direction === "asc" ? "at least" : "at most"} ${String(values[at - 1])} at item ${at + 1}`,
      received: String(values[at]),
    },
  ];
}

/** Numbers and times; how a server orders other texts depends on languages. */
function rank(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : undefined;
}
