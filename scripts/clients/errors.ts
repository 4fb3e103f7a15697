import {
  type ClientFacts,
  listOperations,
  type OpenApiDocument,
  pointerTokens,
  type Reference,
  type Response,
  resolve,
  type Schema,
} from "../openapi.js";
import { pascalCase } from "./names.js";

/** What the description documents for one status of an unsuccessful answer. */
export interface DocumentedError {
  readonly status: number;
  /** The codes that go with it; none if the API has no codes. */
  readonly codes: readonly string[];
  /** The type expressions of its bodies. */
  readonly bodies: readonly string[];
  /** The descriptions of the responses. */
  readonly descriptions: readonly string[];
}

/** The documented errors of an API, by status. */
export function listErrors(document: OpenApiDocument, facts: ClientFacts): DocumentedError[] {
  const byStatus = new Map<number, { codes: Set<string>; bodies: Set<string>; descriptions: Set<string> }>();
  for (const { operation } of listOperations(document)) {
    for (const [status, node] of Object.entries(operation.responses ?? {})) {
      if (!/^[45]\d\d$/.test(status)) continue;
      const entry = byStatus.get(Number(status)) ?? { codes: new Set(), bodies: new Set(), descriptions: new Set() };
      byStatus.set(Number(status), entry);
      const response = resolve<Response>(document, node);
      if (response.description) entry.descriptions.add(response.description.trim());
      for (const [mediaType, media] of Object.entries(response.content ?? {})) {
        if (!media.schema) continue;
        entry.bodies.add(`${placeOf(node, operation.operationId, status)}["content"]["${mediaType}"]`);
        for (const code of codesOf(document, media.schema, facts.error?.code)) entry.codes.add(code);
      }
    }
  }
  return [...byStatus]
    .sort(([a], [b]) => a - b)
    .map(([status, { codes, bodies, descriptions }]) => ({
      status,
      codes: [...codes],
      bodies: [...bodies],
      descriptions: [...descriptions],
    }));
}

function placeOf(node: Response | Reference, operationId: string, status: string): string {
  const name = "$ref" in node ? pointerTokens(node.$ref.slice(1))[2] : undefined;
  return name ? `components["responses"]["${name}"]` : `operations["${operationId}"]["responses"][${status}]`;
}

/** The values that a schema allows at a pointer into its instances. */
function codesOf(document: OpenApiDocument, root: Schema | Reference, pointer: string | undefined): string[] {
  if (!pointer) return [];
  let schema: Schema | undefined = resolve<Schema>(document, root);
  for (const token of pointerTokens(pointer)) {
    const next: Schema | Reference | undefined =
      schema?.properties?.[token] ?? (/^\d+$/.test(token) ? schema?.items : undefined);
    schema = next && resolve<Schema>(document, next);
  }
  const values = schema?.const === undefined ? (schema?.enum ?? []) : [schema.const];
  return values.filter((value): value is string => typeof value === "string");
}

/** The part of the client that declares the API's error. */
export function writeErrors(facts: ClientFacts, errors: readonly DocumentedError[]): string {
  const name = `${facts.name}Error`;
  const codes = errors.flatMap((error) => error.codes);
  const members = errors.map(({ status, codes: own, bodies }) => {
    const code = own.length > 0 ? own.map((value) => JSON.stringify(value)).join(" | ") : "undefined";
    return `  | DocumentedError<${status}, ${code}, ${bodies.join(" | ") || "undefined"}>`;
  });
  return `${codes.length > 0 ? `/** The codes that ${facts.name} documents for unsuccessful answers. */\nexport type ${name}Code =\n${[...new Set(codes)].map((code) => `  | "${code}"`).join("\n")};\n\n` : ""}/**
 * An unsuccessful answer that ${facts.name} documents. Comparing \`status\` or \`code\` narrows \`body\` to the body that goes
 * with it:
 *
${errors.map(({ status, codes: own, descriptions }) => ` * - ${status}${own.length > 0 ? ` ${own.map((code) => `\`${code}\``).join(", ")}` : ""}: ${firstSentence(descriptions[0] ?? "")}`).join("\n")}
 *
 * An answer with another status or code is an {@link ApiStatusError} and not one of these.
 */
export type ${name} =
${members.join("\n")};

export const ${name}: ErrorClass<${name}> = documentedErrorClass("${name}");
`;
}

function firstSentence(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return /^.*?[.](?=\s|$)/.exec(line)?.[0] ?? line;
}

/** The names that {@link writeErrors} declares. */
export function errorNames(facts: ClientFacts): string[] {
  return [`${pascalCase(facts.name)}Error`, `${pascalCase(facts.name)}ErrorCode`];
}
