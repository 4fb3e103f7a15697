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
import { pascalCase, typeOf } from "./names.js";

/** What the description documents for one status of an unsuccessful answer. */
export interface DocumentedError {
  readonly status: number;
  /** What it may carry, by the codes that go with it. */
  readonly variants: readonly ErrorVariant[];
  /** The descriptions of the responses. */
  readonly descriptions: readonly string[];
}

/** Bodies that have the same codes. */
export interface ErrorVariant extends Codes {
  /** The type expressions of the bodies. */
  readonly bodies: readonly string[];
}

/** The codes of a body. */
interface Codes {
  /** The codes that are known; none if the API has no codes. */
  readonly known: readonly string[];
  /** Whether other codes may come as well. */
  readonly other: boolean;
  /** Whether there may be no code. */
  readonly none: boolean;
}

/** The documented errors of an API, by status. */
export function listErrors(document: OpenApiDocument, facts: ClientFacts): DocumentedError[] {
  const byStatus = new Map<
    number,
    { variants: Map<string, Codes & { bodies: Set<string> }>; descriptions: Set<string> }
  >();
  for (const { operation } of listOperations(document)) {
    for (const [status, node] of Object.entries(operation.responses ?? {})) {
      if (!/^[45]\d\d$/.test(status)) continue;
      const entry = byStatus.get(Number(status)) ?? { variants: new Map(), descriptions: new Set() };
      byStatus.set(Number(status), entry);
      const response = resolve<Response>(document, node);
      if (response.description) entry.descriptions.add(response.description.trim());
      const add = (codes: Codes, body: string) => {
        const variant = entry.variants.get(JSON.stringify(codes)) ?? { ...codes, bodies: new Set() };
        entry.variants.set(JSON.stringify(codes), variant);
        variant.bodies.add(body);
      };
      if (!response.content) add({ known: [], other: false, none: true }, "undefined");
      for (const [mediaType, media] of Object.entries(response.content ?? {})) {
        if (!media.schema) continue;
        const place = typeOf(
          media.schema,
          `${placeOf(node, operation.operationId, status)}["content"]["${mediaType}"]`,
        );
        for (const alternative of alternatives(document, media.schema)) {
          add(codesOf(document, alternative, facts.error?.code), typeOf(alternative, place));
        }
      }
    }
  }
  return [...byStatus]
    .sort(([a], [b]) => a - b)
    .map(([status, { variants, descriptions }]) => ({
      status,
      variants: [...variants.values()].map((variant) => ({ ...variant, bodies: [...variant.bodies] })),
      descriptions: [...descriptions],
    }));
}

function placeOf(node: Response | Reference, operationId: string, status: string): string {
  const name = "$ref" in node ? pointerTokens(node.$ref.slice(1))[2] : undefined;
  return name ? `components["responses"]["${name}"]` : `operations["${operationId}"]["responses"][${status}]`;
}

/** The codes that a schema allows at a pointer into its instances. */
function codesOf(document: OpenApiDocument, root: Schema | Reference, pointer: string | undefined): Codes {
  let nodes: (Schema | Reference)[] = pointer === undefined ? [] : [root];
  let none = pointer === undefined;
  for (const token of pointerTokens(pointer ?? "")) {
    nodes = nodes.flatMap((node) => {
      const { properties, required, items } = merged(document, node);
      const isIndex = properties === undefined && /^\d+$/.test(token);
      const next = isIndex ? items : properties?.[token];
      if (!next || (!isIndex && !required?.includes(token))) none = true;
      return next ? alternatives(document, next) : [];
    });
  }
  const values = nodes
    .map((node) => merged(document, node))
    .map((one) => (one.const === undefined ? one.enum : [one.const]));
  const known = values.flatMap((own) => own ?? []).filter((value): value is string => typeof value === "string");
  return { known, other: values.some((own) => own === undefined), none };
}

/** The schemas that a schema is a choice of; itself if it is none. */
function alternatives(document: OpenApiDocument, node: Schema | Reference): (Schema | Reference)[] {
  const { oneOf, anyOf } = resolve<Schema>(document, node);
  const choice = oneOf ?? anyOf;
  return choice ? choice.flatMap((one) => alternatives(document, one)) : [node];
}

/** A schema with the members of all that it combines. */
function merged(document: OpenApiDocument, node: Schema | Reference): Schema {
  const schema = resolve<Schema>(document, node);
  const parts = (schema.allOf ?? []).map((part) => merged(document, part));
  if (parts.length === 0) return schema;
  const all = [...parts, schema];
  return {
    ...schema,
    properties: Object.assign({}, ...all.map(({ properties }) => properties)),
    required: all.flatMap(({ required }) => required ?? []),
  };
}

/** All codes of all errors. */
function knownCodes(errors: readonly DocumentedError[]): string[] {
  return [...new Set(errors.flatMap(({ variants }) => variants.flatMap(({ known }) => known)))];
}

/** The part of the client that declares the API's error. */
export function writeErrors(facts: ClientFacts, errors: readonly DocumentedError[]): string {
  const name = `${facts.name}Error`;
  const codes = knownCodes(errors);
  const members = errors.flatMap(({ status, variants }) => {
    if (variants.length === 0) return [`  | DocumentedError<${status}, undefined, unknown>`];
    return variants.map(
      (variant) => `  | DocumentedError<${status}, ${codeType(variant)}, ${variant.bodies.join(" | ")}>`,
    );
  });
  return `${codes.length > 0 ? `/** The codes that ${facts.name} documents for unsuccessful answers. */\nexport type ${name}Code =\n${codes.map((code) => `  | "${code}"`).join("\n")};\n\n` : ""}/**
 * An unsuccessful answer that ${facts.name} documents. Comparing \`status\` or \`code\` narrows \`body\` to the body that goes
 * with it:
 *
${errors.map(describeError).join("\n")}
 *
 * An answer with another status or code is an {@link ApiStatusError} and not one of these.
 */
export type ${name} =
${members.join("\n")};

export const ${name}: ErrorClass<${name}> = documentedErrorClass("${name}");
`;
}

function codeType({ known, other, none }: Codes): string {
  // `string` alone would swallow the known codes, which editors then could not offer.
  const any = known.length > 0 ? "(string & {})" : "string";
  return [...known.map((value) => JSON.stringify(value)), ...(other ? [any] : []), ...(none ? ["undefined"] : [])].join(
    " | ",
  );
}

function describeError({ status, variants, descriptions }: DocumentedError): string {
  const codes = [...new Set(variants.flatMap(({ known }) => known))].map((code) => `\`${code}\``).join(", ");
  // With several reasons, one of them would pass for the only one.
  const reason = descriptions.length === 1 ? firstSentence(descriptions[0] ?? "") : "the operation tells why.";
  return ` * - ${status}${codes ? ` ${codes}` : ""}: ${reason}`;
}

function firstSentence(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return /^.*?[.](?=\s|$)/.exec(line)?.[0] ?? line;
}

/** The names that {@link writeErrors} declares. */
export function errorNames(facts: ClientFacts): string[] {
  return [`${pascalCase(facts.name)}Error`, `${pascalCase(facts.name)}ErrorCode`];
}
