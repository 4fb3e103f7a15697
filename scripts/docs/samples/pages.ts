import { format } from "node:util";
import type { Method } from "../../clients/model.js";
import { type OpenApiDocument, pointerTokens, resolve, type Schema } from "../../openapi.js";
import { exampleAnswer } from "./example-answer.js";
import { chooseTarget } from "./target.js";
import { itemName } from "./variables.js";

/** What a loop over all pages prints. */
export function printPages(
  document: OpenApiDocument,
  method: Method,
  taken: readonly string[],
): { item: string; code: string; output: string } {
  const pagination = method.placed.operation["x-pagination"];
  const answer = exampleAnswer(document, method);
  const at = (pointer: string, root: unknown) =>
    pointerTokens(pointer).reduce(
      (value: unknown, token) => (value as Record<string, unknown> | undefined)?.[token],
      root,
    );
  const body = answer?.example?.value;
  const items = at(pagination?.items ?? "", body) as Record<string, unknown>[];
  let schema = answer?.schema;
  for (const token of pointerTokens(pagination?.items ?? ""))
    schema = schema && resolve<Schema>(document, schema).properties?.[token];
  const target = chooseTarget(document, schema, items);
  const node = target.kind === "items" ? target.item : undefined;
  const item = itemName(node, taken);
  const key = target.kind === "items" ? target.key : undefined;
  const printed = items.map((one) => `${format(key ? one[key] : one)}\n`);
  const goesOn = at(pagination?.hasNext ?? "", body) === true;
  const print = `console.log(${key ? `${item}.${key}` : item});`;
  return {
    item,
    code: goesOn
      ? `  ${print}\n  break; // further pages are fetched as needed`
      : `  ${print} // further pages are fetched as needed`,
    output: (goesOn ? printed.slice(0, 1) : printed).join(""),
  };
}
