import type { Method } from "../../clients/model.js";
import { camelCase, componentName } from "../../clients/names.js";
import { writeMethod } from "../../clients/write-method.js";
import { type OpenApiDocument, type Reference, type Response, resolve, type Schema } from "../../openapi.js";
import { listStreamEvents } from "../../streams.js";
import type { Block } from "../content/block.js";
import { lineWidth } from "../samples/literal.js";

/** The method of the client as it is declared, in one block of TypeScript. */
export function signatureBlock(document: OpenApiDocument, method: Method): Block {
  const client = document["x-client"]?.name ?? "";
  const [, declared = ""] = /^ {2}(\w+\(.*\): .*) \{$/m.exec(writeMethod(document, method, client)) ?? [];
  const inline = (all: string) =>
    all.includes('"text/event-stream"')
      ? eventText(document, method)
      : all.includes('"requestBody"')
        ? typeText(document, method.body?.schema)
        : typeText(document, method.payload.schema);
  const type = declared.replace(/(?:NonNullable<)?operations\["\w+"\](?:>?\[(?:"[^"]*"|\d+)\])*/g, inline);
  const code = `${[camelCase(client), ...method.resource].join(".")}.${type}`;
  return { kind: "code", language: "ts", code: folded(code), title: "Signature" };
}

/** What the loop over a stream of named events yields; the page has the events one by one. */
function eventText(document: OpenApiDocument, { placed }: Method): string {
  const media = Object.values(placed.operation.responses ?? {}).flatMap(
    (node) => resolve<Response>(document, node).content?.["text/event-stream"] ?? [],
  );
  const names = media.flatMap(({ itemSchema }) =>
    itemSchema ? listStreamEvents(itemSchema, (node) => resolve<Schema>(document, node)) : [],
  );
  const shown = names.slice(0, 3).map(({ name }) => JSON.stringify(name ?? "message"));
  return `{ event: ${[...shown, ...(names.length > 3 ? ["…"] : [])].join(" | ")}; data: …; id?: string }`;
}

/** A long signature with an argument a line. */
function folded(code: string): string {
  if (code.length <= lineWidth) return code;
  const [, head = "", list = "", result = ""] = /^([^(]*)\((.*)\)(: .*)$/s.exec(code) ?? [];
  const parameters = list.split(/, (?=\w+\??: )/);
  return `${head}(\n${parameters.map((parameter) => `  ${parameter},\n`).join("")})${result}`;
}

/** A type whose name is an address in the generated types: what it holds, one level deep. */
function typeText(document: OpenApiDocument, node: Schema | Reference | undefined, depth = 0): string {
  if (!node) return "unknown";
  if ("$ref" in node && typeof node.$ref === "string") return componentName(node.$ref) ?? "unknown";
  const schema = resolve<Schema>(document, node);
  const types = [schema.type ?? []].flat();
  if (types.includes("array")) return `${typeText(document, schema.items, depth)}[]`;
  if (schema.properties && depth === 0) {
    const members = Object.entries(schema.properties).map(([key, property]) => {
      const isOptional = !schema.required?.includes(key);
      return `${key}${isOptional ? "?" : ""}: ${typeText(document, property, 1)}`;
    });
    return `{ ${members.join("; ")} }`;
  }
  const names: Record<string, string> = { integer: "number" };
  return types.map((type) => names[type] ?? type).join(" | ") || "unknown";
}
