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
  /** The codes that are known to go with it; none if the API has no codes. */
  readonly codes: readonly string[];
  /** Whether other codes may come as well. */
  readonly open: boolean;
  /** The type expressions of its bodies. */
  readonly bodies: readonly string[];
  /** The descriptions of the responses. */
  readonly descriptions: readonly string[];
}

/** The documented errors of an API, by status. */
export function listErrors(document: OpenApiDocument, facts: ClientFacts): DocumentedError[] {
  const byStatus = new Map<number, Gathered>();
  for (const { operation } of listOperations(document)) {
    for (const [status, node] of Object.entries(operation.responses ?? {})) {
      if (!/^[45]\d\d$/.test(status)) continue;
      const entry = byStatus.get(Number(status)) ?? gathered();
      byStatus.set(Number(status), entry);
      const response = resolve<Response>(document, node);
      if (response.description) entry.descriptions.add(response.description.trim());
      for (const [mediaType, media] of Object.entries(response.content ?? {})) {
        if (!media.schema) continue;
        entry.bodies.add(`${placeOf(node, operation.operationId, status)}["content"]["${mediaType}"]`);
        const { codes, open } = codesOf(document, media.schema, facts.error?.code);
        for (const code of codes) entry.codes.add(code);
        entry.open ||= open;
      }
    }
  }
  return [...byStatus]
    .sort(([a], [b]) => a - b)
    .map(([status, { codes, open, bodies, descriptions }]) => ({
      status,
      codes: [...codes],
      open,
      bodies: [...bodies],
      descriptions: [...descriptions],
    }));
}

interface Gathered {
  codes: Set<string>;
  open: boolean;
  bodies: Set<string>;
  descriptions: Set<string>;
}

const gathered = (): Gathered => ({ codes: new Set(), open: false, bodies: new Set(), descriptions: new Set() });

function placeOf(node: Response | Reference, operationId: string, status: string): string {
  const name = "$ref" in node ? pointerTokens(node.$ref.slice(1))[2] : undefined;
  return name ? `components["responses"]["${name}"]` : `operations["${operationId}"]["responses"][${status}]`;
}

/** The codes that a schema allows at a pointer into its instances, and whether there may be others. */
function codesOf(document: OpenApiDocument, root: Schema | Reference, pointer: string | undefined): Codes {
  const none = { codes: [], open: false };
  if (!pointer) return none;
  let schemas = alternatives(document, root);
  for (const token of pointerTokens(pointer)) {
    schemas = schemas.flatMap(({ properties, items }) => {
      const next = properties?.[token] ?? (/^\d+$/.test(token) ? items : undefined);
      return next ? alternatives(document, next) : [];
    });
  }
  const values = schemas.map((schema) => (schema.const === undefined ? schema.enum : [schema.const]));
  const codes = values.flatMap((own) => own ?? []).filter((value): value is string => typeof value === "string");
  return { codes, open: values.some((own) => own === undefined) };
}

interface Codes {
  readonly codes: readonly string[];
  readonly open: boolean;
}

/** A schema, or the schemas that it is a choice of. */
function alternatives(document: OpenApiDocument, node: Schema | Reference): Schema[] {
  const schema = resolve<Schema>(document, node);
  const choice = schema.oneOf ?? schema.anyOf;
  return choice ? choice.flatMap((one) => alternatives(document, one)) : [schema];
}

/** The part of the client that declares the API's error. */
export function writeErrors(facts: ClientFacts, errors: readonly DocumentedError[]): string {
  const name = `${facts.name}Error`;
  const codes = errors.flatMap((error) => error.codes);
  const members = errors.map(({ status, codes: own, open, bodies }) => {
    const known = own.map((value) => JSON.stringify(value));
    // `string` alone would swallow the known codes, which editors then could not offer.
    const any = known.length > 0 ? "(string & {})" : "string";
    const code = [...known, ...(open ? [any] : [])].join(" | ") || "undefined";
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
