import { format } from "node:util";
import type { Method } from "../../clients/model.js";
import type { OpenApiDocument } from "../../openapi.js";
import { exampleAnswer } from "./example-answer.js";
import { lineWidth } from "./literal.js";
import { holdsSecret } from "./secrets.js";
import { type Access, chooseTarget } from "./target.js";
import { itemName, plural, variableName } from "./variables.js";

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
      code: loop(`for (const ${item} of ${source})`, `console.log(${item}.${target.key});`),
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
  if (holdsSecret(document, answer.schema)) {
    const keys = payload.schema?.properties ? Object.keys(value as object) : undefined;
    if (!keys) return { code: "", output: "" };
    return {
      binding: name,
      code: `console.log(Object.keys(${name})); // not its secrets`,
      output: `${format(keys)}\n`,
    };
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

function loop(head: string, statement: string): string {
  const line = `${head} ${statement}`;
  return line.length <= lineWidth ? line : `${head}\n  ${statement}`;
}
