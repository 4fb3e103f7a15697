import { isJsonObject, type Json, pointerTo, readablePath } from "../json.js";
import { isJson, parseMediaType } from "../media-type.js";
import type { SchemaObject } from "../openapi.js";
import type { Content } from "../operation.js";
import { below } from "../place.js";
import { partSchemas, schemasOf } from "../schema-walk.js";
import { asText } from "../text-value.js";
import { assemble, type Draft } from "./assemble.js";
import { absentMembers, completed, reduced } from "./body-base.js";
import type { Case, LeftOut } from "./case.js";
import { type Channel, variantsOf } from "./choose.js";
import { type Context, errorsOf } from "./context.js";
import { contentExamples, FILE, isFile, type NamedExample } from "./examples.js";

/** A body to send. */
export type DraftBody = NonNullable<Draft["body"]>;

/** The documented bodies of a request in one media type, each with what can be left out and what can be added. */
export interface BodyExample extends NamedExample {
  readonly body: DraftBody;
  readonly smallest: DraftBody;
  readonly largest: DraftBody;
}

/**
 * The documented bodies of an operation.
 *
 * @throws Error if a body is required but has no example, or if an example is not valid.
 */
export function exampleBodies(context: Context): BodyExample[] {
  const { operation, description } = context;
  const { requestBody } = operation;
  const bodies = (requestBody?.content ?? []).flatMap((content) =>
    contentExamples(description.document, content).map((example) => bodyExample(context, content, example)),
  );
  if (bodies.length === 0 && requestBody?.required) {
    throw new Error(
      `The body of ${operation.operationId} is required but has no example (${requestBody.place.pointer}).`,
    );
  }
  return bodies;
}

/** Cases about the body, with nothing else in the request but what is required. */
export function bodyCases(context: Context, required: Draft, bodies: readonly BodyExample[]): (Case | LeftOut)[] {
  const seen = new Set<string>();
  const variants = bodies.flatMap((body) =>
    variantCases(context, required, body).filter((made) => {
      // Several examples of one body share most limits; the first that reaches a limit stands for all.
      const key = `${"reason" in made ? "left out" : made.contentType} ${made.pointer} ${made.id}`;
      const isNew = !seen.has(key);
      seen.add(key);
      return isNew;
    }),
  );
  return [...leftOutCase(context, required), ...variants];
}

function bodyExample(context: Context, content: Content, example: NamedExample): BodyExample {
  const { operation } = context;
  const { schema } = content;
  const draft = (value: Json): DraftBody => ({ content, value, files: filesOf(context, content, value) });
  if (!schema)
    return { ...example, body: draft(example.value), smallest: draft(example.value), largest: draft(example.value) };
  const largest = completed(context, schema, withFiles(context, content, example.value));
  // An example cannot hold a file, so what is required but missing is taken from the completed value.
  const value = errorsOf(context, schema, example.value).length === 0 ? example.value : largest;
  const [error] = errorsOf(context, schema, value);
  if (error) {
    const where = error.location === "" ? "" : ` at ${error.location}`;
    throw new Error(
      `An example of the body of ${operation.operationId} is not valid${where}: it ${error.message} (${example.place.pointer}).`,
    );
  }
  return { ...example, body: draft(value), smallest: draft(reduced(context, schema, value)), largest: draft(largest) };
}

function leftOutCase({ operation }: Context, required: Draft): Case[] {
  const { requestBody } = operation;
  if (!requestBody?.required) return [];
  const place = { ...requestBody.place, pointer: pointerTo(requestBody.place.pointer, "required") };
  const target = { in: "body", part: "", keyword: "required" } as const;
  const purpose = { kind: "negative", wording: "the body left out", place, target } as const;
  return [assemble(operation, { parameters: required.parameters }, purpose)];
}

function variantCases(context: Context, required: Draft, { largest }: BodyExample): (Case | LeftOut)[] {
  const { operation, description } = context;
  const { content, value: base } = largest;
  const form = isForm(content.mediaType);
  const { schema } = content;
  if (!schema || !(form || isJson(content.mediaType))) return [];
  const channel: Channel = {
    in: "body",
    typed: !form,
    arrives: (value) => (form ? asText(description.document, schema, value) : value),
    obstacle: (value) => (form && !isJsonObject(value) ? "a form is always an object" : undefined),
  };
  const first = operation.requestBody?.content[0]?.mediaType === content.mediaType;
  const suffix = first ? "" : ` as ${content.mediaType}`;
  const made = variantsOf(context, channel, schema, base, "the body").map((variant): Case | LeftOut => {
    const { kind, pointer, place } = variant;
    const wording = variant.wording + suffix;
    const id = `${operation.operationId}: ${wording}`;
    if ("reason" in variant) return { operationId: operation.operationId, id, pointer, reason: variant.reason };
    const purpose = { kind, wording, place: { ...place, pointer }, target: variant.target };
    const body = variant.value === undefined ? {} : { body: { ...largest, value: variant.value } };
    return assemble(operation, { parameters: required.parameters, ...body }, purpose);
  });
  const absent = absentMembers(context, schema, base).map((member) => ({
    operationId: operation.operationId,
    id: `${operation.operationId}: ${readablePath(member.path)}${suffix}`,
    pointer: member.place.pointer,
    reason: "the member has no example, or cannot stand beside the others",
  }));
  return [...made, ...absent];
}

/** The fields of a multipart body that are files, with their media types (OpenAPI 3.2, Encoding Object). */
function filesOf(context: Context, content: Content, value: Json): Record<string, string> {
  if (!isJsonObject(value)) return {};
  const files: Record<string, string> = {};
  for (const [name, schemas] of fileFields(context, content)) {
    if (!Object.hasOwn(value, name)) continue;
    const encoding = below<{ contentType?: string }>(content.place, "encoding", name)?.value.contentType;
    const stated = encoding ?? schemas.find((part) => part.contentMediaType)?.contentMediaType;
    const [mediaType = ""] = (stated ?? "").split(",");
    files[name] = mediaType === "" || mediaType.includes("*") ? "application/octet-stream" : mediaType.trim();
  }
  return files;
}

/** An example in JSON cannot hold a file, so one is put where a file is described. */
function withFiles(context: Context, content: Content, value: Json): Json {
  if (!isJsonObject(value)) return value;
  const files = [...fileFields(context, content).keys()].map((name) => [name, FILE]);
  return { ...Object.fromEntries(files), ...value };
}

/** A field of a multipart body is a file if its schema says so, or if its schema and its encoding say nothing else. */
function fileFields({ description: { document } }: Context, content: Content): Map<string, SchemaObject[]> {
  const fields = new Map<string, SchemaObject[]>();
  if (!content.schema || !content.mediaType.startsWith("multipart/")) return fields;
  const schemas = schemasOf(document, content.schema);
  for (const name of new Set(schemas.flatMap((schema) => Object.keys(schema.value.properties ?? {})))) {
    const described = partSchemas(schemas, name).flatMap((part) => schemasOf(document, part).map(({ value }) => value));
    const encoding = below<{ contentType?: string }>(content.place, "encoding", name)?.value.contentType;
    const untyped = described.every((part) => part.type === undefined && !part.enum && part.const === undefined);
    const bytes = encoding !== undefined && !/^(text\/|application\/json)/.test(encoding);
    if (described.some(isFile) || bytes || (untyped && encoding === undefined)) fields.set(name, described);
  }
  return fields;
}

function isForm(mediaType: string): boolean {
  const parsed = parseMediaType(mediaType);
  return parsed?.type === "multipart" || parsed?.subtype === "x-www-form-urlencoded";
}
