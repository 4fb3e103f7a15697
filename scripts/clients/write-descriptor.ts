import { firstServer, type OpenApiDocument, type Schema } from "../openapi.js";
import type { DocumentedError } from "./errors.js";
import { type ClientDefault, type Method, schemesOf } from "./model.js";
import { propertyKey } from "./names.js";

/** The facts of one operation that the runtime needs, as a member of an object literal. */
export function writeDescriptor(document: OpenApiDocument, method: Method): string {
  const { placed, payload, body, defaults, security } = method;
  const { operation } = placed;
  const pagination = operation["x-pagination"];
  const members: [string, unknown][] = [
    ["id", operation.operationId],
    ["method", placed.method.toUpperCase()],
    ["path", placed.path],
    ["query", method.queryParameters.length > 0 ? method.queryParameters.map(({ name }) => name) : undefined],
    ["headers", headersOf(method)],
    ["body", body && bodyKind(body)],
    ["files", body && body.files.length > 0 ? body.files : undefined],
    ["defaults", defaults.size > 0 ? Object.fromEntries([...defaults].map(defaultOf)) : undefined],
    ["security", security?.join() === defaultSchemes(document)?.join() ? undefined : security],
    ["answer", payload.answer === "json" ? undefined : payload.answer],
    ["accept", payload.accept],
    ["events", payload.stream?.events === "event" ? "event" : undefined],
    ["eventJson", payload.stream?.json],
    ["terminal", operation["x-stream"]?.terminal],
    ["resume", operation["x-stream"]?.resume],
    ["payload", payload.member],
    ["payloadOptional", payload.optional || undefined],
    ["bodyOptional", payload.bodyOptional || undefined],
    ["empty", payload.empty || undefined],
    ["retrySafe", operation["x-retry-safe"]],
    ["secret", payload.schema?.["x-sensitive"]],
    ["pagination", pagination && omit(pagination, "style")],
  ];
  return `  ${operation.operationId}: {\n${writeMembers(members, "    ")}  },\n`;
}

/** The facts of the API that the runtime needs, as an object literal. */
export function writeApiDescriptor(
  document: OpenApiDocument,
  methods: readonly Method[],
  errors: readonly DocumentedError[],
): string {
  const facts = document["x-client"];
  const codes = errors.map(({ status, variants }) => {
    const known = [...new Set(variants.flatMap((variant) => variant.known))];
    const other = variants.some((variant) => variant.other) || undefined;
    const none = variants.length === 0 || variants.some((variant) => variant.none) || undefined;
    return `    ${status}: ${literal({ known: known.length > 0 ? known : undefined, other, none })},\n`;
  });
  const members: [string, unknown][] = [
    ["name", facts?.name],
    ["baseUrl", firstServer(document)],
    ["requestId", facts?.requestId],
    ["error", facts?.error],
    ["rateLimit", facts?.rateLimit],
    ["retry", facts?.retry],
    ["retryRefused", facts?.retryRefused],
    ["security", defaultSchemes(document)],
    ["sensitive", listSensitive(document)],
  ];
  const needed = partsOf(methods);
  const parts = needed.length > 0 ? `  parts: { ${needed.join(", ")} },\n` : "";
  return `{\n${writeMembers(members, "  ")}  errorCodes: {\n${codes.join("")}  },\n  Error: ${facts?.name}Error,\n${parts}  operations: operation,\n}`;
}

/** What the operations need of the runtime that others do not. */
function partsOf(methods: readonly Method[]): string[] {
  const answers = new Set(methods.map(({ payload }) => payload.answer));
  const needed: readonly (readonly [string, boolean])[] = [
    ["Download", answers.has("bytes")],
    ["PagePromise", methods.some(({ placed }) => placed.operation["x-pagination"] !== undefined)],
    ["streams", answers.has("stream") || answers.has("json-or-stream")],
    ["writeForm", methods.some(({ body }) => body && bodyKind(body) === "form")],
  ];
  return needed.flatMap(([name, isNeeded]) => (isNeeded ? [name] : []));
}

function bodyKind({ fields, mediaType }: NonNullable<Method["body"]>): string {
  if (!fields) return "whole";
  return mediaType === "multipart/form-data" ? "form" : "json";
}

function defaultSchemes({ security }: OpenApiDocument): string[] | undefined {
  return security && schemesOf(security);
}

function writeMembers(members: readonly (readonly [string, unknown])[], indent: string): string {
  return members
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${indent}${key}: ${literal(value)},\n`)
    .join("");
}

/** A value as a TypeScript literal on one line. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{ ${members.map(([key, member]) => `${propertyKey(key)}: ${literal(member)}`).join(", ")} }`;
}

function headersOf({ headerParameters }: Method): Record<string, string> | undefined {
  if (headerParameters.size === 0) return undefined;
  return Object.fromEntries([...headerParameters].map(([field, { name }]) => [field, name]));
}

function defaultOf([field, { in: place, option, optional }]: [string, ClientDefault]): [string, object] {
  return [field, { in: place, option, ...(optional ? { optional } : {}) }];
}

function omit(value: object, key: string): object {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
}

/** The names of all fields and parameters that are marked `x-sensitive`. */
function listSensitive(document: OpenApiDocument): string[] {
  const names = new Set<string>();
  const visit = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    const { properties, name } = node as { properties?: Record<string, unknown>; name?: unknown };
    if ((node as Schema)["x-sensitive"] && typeof name === "string") names.add(name);
    for (const [key, property] of Object.entries(properties ?? {})) {
      if (typeof property === "object" && property !== null && (property as Schema)["x-sensitive"]) names.add(key);
    }
    for (const child of Object.values(node)) visit(child);
  };
  visit(document.paths);
  visit(document.components);
  return [...names].sort();
}
