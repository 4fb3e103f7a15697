import {
  type MediaType,
  type OpenApiDocument,
  type Operation,
  type Reference,
  type Response,
  resolve,
  type Schema,
} from "../../openapi.js";
import { plainText } from "../content/markdown.js";
import { schemaType } from "../operations/schema-type.js";
import { streamKinds } from "../operations/stream-kinds.js";

/** What a stream sends, event by event, as a table in Markdown; nothing if the operation does not stream. */
export function streamTable(document: OpenApiDocument, operation: Operation): string {
  const events = Object.values(operation.responses ?? {}).flatMap((node) => {
    const { content = {} } = resolve<Response>(document, node);
    return Object.values(content).flatMap(({ itemSchema }: MediaType) =>
      itemSchema ? streamKinds(document, itemSchema) : [],
    );
  });
  if (events.length === 0) return "";
  const rows = events.map(({ name, data, event }) => {
    const said = event.description ?? resolve<Schema>(document, data).description ?? "";
    return `| ${code(name)} | ${payload(document, data)} | ${cell(firstSentence(said))} |`;
  });
  return ["**Events of the stream**", "", "| Event | Data | Meaning |", "| --- | --- | --- |", ...rows].join("\n");
}

/** The fields of the data; those of an object inside it by their path. What tells the event apart is its name already. */
function payload(document: OpenApiDocument, node: Schema | Reference): string {
  const fields = fieldsOf(document, node).flatMap(([name, schema]) => {
    if (resolve<Schema>(document, schema).const !== undefined) return [];
    const inner = fieldsOf(document, schema);
    return inner.length === 0 ? [[name, schema] as const] : inner.map(([key, one]) => [`${name}.${key}`, one] as const);
  });
  if (fields.length === 0) return cell(schemaType(document, node));
  return fields.map(([name, schema]) => `${code(name)} ${cell(schemaType(document, schema))}`).join(", ");
}

function fieldsOf(document: OpenApiDocument, node: Schema | Reference): [string, Schema | Reference][] {
  const { properties = {}, allOf = [] } = resolve<Schema>(document, node);
  return [...Object.entries(properties), ...allOf.flatMap((part) => fieldsOf(document, part))];
}

function firstSentence(markdown: string): string {
  const text = plainText(markdown);
  return /^.*?[.!?](?=\s|$)/.exec(text)?.[0] ?? text;
}

/** What can stand in a cell as it is: neither a new column nor markup. */
function cell(text: string): string {
  return text.replace(/[|<>*_`[\]\\]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A name as code in a cell: GitHub's tables end a cell at a bar inside of code too. */
function code(name: string): string {
  return `\`${name.replaceAll("|", "\\|")}\``;
}
