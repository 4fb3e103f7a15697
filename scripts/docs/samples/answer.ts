import { format } from "node:util";
import type { Method } from "../../clients/model.js";
import { camelCase, componentName, pascalCase } from "../../clients/names.js";
import {
  type OpenApiDocument,
  pointerTokens,
  type Reference,
  type Response,
  resolve,
  type Schema,
} from "../../openapi.js";
import { type Example, examplesOf } from "../operations/examples.js";
import { type Access, chooseTarget } from "./target.js";

/** What a sample does with an answer. */
export interface Printing {
  /** What the answer is bound to, such as `memory` or `{ session }`; missing if nothing is printed. */
  readonly binding?: string;
  /** The statements behind the call, without a line break at the end. */
  readonly code: string;
  /** What is printed, as the documented example makes it. */
  readonly output: string;
  /** Where the printed value is in the payload, if it is one value. */
  readonly path?: readonly Access[];
}

/** The successful answer that examples are taken from: the first with a body. */
export interface ExampleAnswer {
  readonly status: string;
  readonly mediaType: string;
  readonly schema: Schema | Reference | undefined;
  readonly example: Example | undefined;
}

/** The documented successful answer of an operation; undefined if none has a body. */
export function exampleAnswer(document: OpenApiDocument, { placed, payload }: Method): ExampleAnswer | undefined {
  for (const [status, node] of Object.entries(placed.operation.responses ?? {})) {
    const contents = status.startsWith("2") ? Object.entries(resolve<Response>(document, node).content ?? {}) : [];
    // Where there is a choice, samples ask for JSON.
    const content = contents.find(([type]) => payload.answer.startsWith("json") && /json$/.test(type)) ?? contents[0];
    if (!content) continue;
    const [mediaType, media] = content;
    return { status, mediaType, schema: media.schema, example: examplesOf(document, media)[0] };
  }
  return undefined;
}

/**
 * What the sample of a client prints of the payload that its method resolves to.
 *
 * @param taken names that are in use already.
 */
export function printPayload(document: OpenApiDocument, method: Method, taken: readonly string[]): Printing {
  const { payload } = method;
  const answer = exampleAnswer(document, method);
  if (payload.empty || !answer) return { code: "", output: "" };
  const body = answer.example?.value;
  const value = payload.member === undefined ? body : (body as Record<string, unknown> | undefined)?.[payload.member];
  const isOne = payload.schema && !payload.type.includes("|") && payload.type !== "unknown";
  const target = isOne ? chooseTarget(document, payload.schema, value) : ({ kind: "whole" } as const);
  const name = variableName(payload.type.replace(/\[\]$/, ""), "result", taken);
  if (target.kind === "items") {
    const item = itemName(target.item, [...taken]);
    const [list] = target.path;
    const key = list?.key ?? plural(name);
    const source = list?.optional ? `${key} ?? []` : key;
    const found = (list ? (value as Record<string, unknown>)[list.key] : value) as Record<string, unknown>[];
    return {
      binding: list ? `{ ${key} }` : key,
      code: `for (const ${item} of ${source}) console.log(${item}.${target.key});`,
      output: found.map((one) => `${format(one[target.key])}\n`).join(""),
    };
  }
  if (target.kind === "value") {
    const [first, second] = target.path;
    const isHeld = second !== undefined && first !== undefined && !taken.includes(first.key);
    const printed = target.path.reduce((at: unknown, { key }) => (at as Record<string, unknown>)[key], value);
    const output = `${format(printed)}\n`;
    if (isHeld) {
      const dot = first.optional ? "?." : ".";
      return {
        binding: `{ ${first.key} }`,
        code: `console.log(${first.key}${dot}${second.key});`,
        output,
        path: target.path,
      };
    }
    return { binding: name, code: `console.log(${access(name, target.path)});`, output, path: target.path };
  }
  return { binding: name, code: `console.log(${name});`, output: `${format(value)}\n` };
}

/** `data?.data.id`: an expression that goes along some steps, past those that may lead to nothing. */
export function access(root: string, path: readonly Access[], rootIsOptional = false): string {
  return path.reduce(
    ({ text, optional }, next) => ({ text: `${text}${optional ? "?." : "."}${next.key}`, optional: next.optional }),
    { text: root, optional: rootIsOptional },
  ).text;
}

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

const reserved =
  /^(default|delete|new|function|enum|import|export|package|class|switch|case|in|is|of|void|null|data|error|event)$/;

function variableName(type: string, fallback: string, taken: readonly string[]): string {
  const name = /^[A-Z]\w*$/.test(type) && type !== "Download" ? camelCase(type) : fallback;
  return reserved.test(name) || taken.includes(name) ? fallback : name;
}

function itemName(node: Schema | Reference | undefined, taken: readonly string[]): string {
  const name = node && "$ref" in node && typeof node.$ref === "string" ? componentName(node.$ref) : undefined;
  return variableName(pascalCase(name ?? ""), "item", taken);
}

function plural(name: string): string {
  return /[^aeiou]y$/.test(name) ? `${name.slice(0, -1)}ies` : name.endsWith("s") ? name : `${name}s`;
}
