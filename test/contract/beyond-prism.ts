import type { Case, Operation } from "../../src/testing/index.js";

/** A kind of request that Prism judges otherwise than the description. */
export interface Exception {
  readonly reason: string;
  covers(one: Case, operation: Operation): boolean;
}

/**
 * Every kind of request whose answer from the mock says nothing about the description, because Prism 5.14.2 reads such
 * requests in a way of its own. The list is kept exact by beyond-prism.test.ts: what Prism learns has to go from here.
 */
export const BEYOND_PRISM: Readonly<Record<string, Exception>> = {
  "empty query text": {
    reason: "Prism takes `?name=` for a parameter that was not sent",
    covers: ({ kind, target }) => kind === "negative" && target?.in === "query" && target.value === "",
  },
  "cookie parameters": {
    reason: "Prism does not look at cookie parameters at all",
    covers: ({ kind, target }) => kind === "negative" && target?.in === "cookie",
  },
  "parameters described by content": {
    reason: "Prism looks only at parameters that are described by schema",
    covers: ({ kind, target }, { parameters }) =>
      kind === "negative" &&
      parameters.some((one) => one.in === target?.in && one.name === target.name && one.content !== undefined),
  },
  "optional objects of style deepObject": {
    reason: "Prism demands the required members of the object also when it was not sent",
    covers: ({ query, kind }, { parameters }) =>
      kind === "positive" &&
      parameters.some((one) => {
        const optional = one.style === "deepObject" && !one.required;
        return optional && !query.some(({ name }) => name.startsWith(`${one.name}%5B`));
      }),
  },
  "lists of style spaceDelimited": {
    reason: "Prism splits at %20 after the query was decoded, when there is none",
    covers: ({ query, kind }, { parameters }) =>
      kind === "positive" &&
      parameters.some((one) => one.style === "spaceDelimited" && query.some(({ name }) => name === one.name)),
  },
  "optional lists in headers": {
    reason: "Prism throws when such a header was not sent",
    covers: ({ headers }, { parameters }) =>
      parameters.some((one) => {
        const type = typeof one.schema?.value === "object" ? one.schema.value.type : undefined;
        return one.in === "header" && type === "array" && !Object.hasOwn(headers, one.name);
      }),
  },
  "lists in urlencoded bodies": {
    reason: "Prism keeps only the last of several fields with one name",
    covers: ({ kind, body, contentType = "" }) =>
      kind === "positive" &&
      contentType.startsWith("application/x-www-form-urlencoded") &&
      Object.values(body ?? {}).some(Array.isArray),
  },
};

/** The exception that a case falls under, with its name, if there is one. */
export function exceptionFor(one: Case, operation: Operation): { name: string; reason: string } | undefined {
  const found = Object.entries(BEYOND_PRISM).find(([, exception]) => exception.covers(one, operation));
  return found && { name: found[0], reason: found[1].reason };
}
