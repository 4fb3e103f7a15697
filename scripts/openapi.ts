/**
 * The parts of an OpenAPI 3.2 document that this project reads. Everything is optional where a document that passed
 * linting may leave it out; what a schema may hold besides is open.
 */
export interface OpenApiDocument {
  openapi: string;
  info: { title: string; version: string; summary?: string; description?: string };
  servers?: Server[];
  tags?: Tag[];
  security?: SecurityRequirement[];
  paths?: Record<string, PathItem>;
  webhooks?: Record<string, PathItem>;
  components?: { schemas?: Record<string, Schema> } & Record<string, Record<string, unknown> | undefined>;
  "x-client"?: ClientFacts;
}

export interface Server {
  url: string;
  description?: string;
  variables?: Record<string, { default: string }>;
}

export interface Tag {
  name: string;
  summary?: string;
  description?: string;
}

export interface PathItem {
  parameters?: (Parameter | Reference)[];
  get?: Operation;
  put?: Operation;
  post?: Operation;
  delete?: Operation;
  options?: Operation;
  head?: Operation;
  patch?: Operation;
  trace?: Operation;
}

export const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;

export interface Evidenced {
  "x-evidence"?: Evidence;
  "x-source"?: string;
}

export type Evidence = "documented" | "observed" | "inferred";

export interface Operation extends Evidenced {
  operationId: string;
  summary?: string;
  description?: string;
  tags?: string[];
  parameters?: (Parameter | Reference)[];
  requestBody?: RequestBody | Reference;
  responses?: Record<string, Response | Reference>;
  security?: SecurityRequirement[];
  "x-sdk"?: string;
  "x-pagination"?: Pagination;
  "x-retry-safe"?: boolean;
  "x-stream"?: { terminal?: (string | { event: string; when: Record<string, unknown> })[]; resume?: string };
}

/** Scheme names with the scopes or roles that are needed; an empty object needs none. */
export type SecurityRequirement = Record<string, string[]>;

export interface Pagination {
  style: "page";
  page: string;
  limit: string;
  items: string;
  hasNext: string;
}

export interface Parameter extends Evidenced {
  name: string;
  in: "path" | "query" | "header" | "cookie" | "querystring";
  required?: boolean;
  description?: string;
  schema?: Schema | Reference;
  "x-client-default"?: string;
}

export interface RequestBody extends Evidenced {
  required?: boolean;
  content: Record<string, MediaType>;
}

export interface Response extends Evidenced {
  description?: string;
  headers?: Record<string, Evidenced | Reference>;
  content?: Record<string, MediaType>;
}

export interface MediaType extends Evidenced {
  schema?: Schema | Reference;
  itemSchema?: Schema | Reference;
}

export interface Schema extends Evidenced {
  type?: string | string[];
  description?: string;
  properties?: Record<string, Schema | Reference>;
  required?: string[];
  items?: Schema | Reference;
  allOf?: (Schema | Reference)[];
  oneOf?: (Schema | Reference)[];
  anyOf?: (Schema | Reference)[];
  enum?: unknown[];
  const?: unknown;
  "x-sensitive"?: true;
  "x-client-default"?: string;
  [keyword: string]: unknown;
}

export interface Reference {
  $ref: string;
}

/** What `x-client` at the root says about the generated client. */
export interface ClientFacts {
  name: string;
  /** The member of a JSON answer that is its payload, and the members beside it that make it an envelope. */
  envelope?: { payload: string; beside?: string[] };
  requestId?: { body?: string; header?: string };
  error?: { code?: string; message?: string };
  rateLimit?: { limit?: string; remaining?: string; reset?: string; resetUnit?: string; retryAfter?: string };
  retryRefused?: boolean;
  retry?: { attempts?: number; jitterMs?: number; refusedDelayMs?: number };
}

/** The URL of a document's first server, with the defaults of its variables; an empty string if it has none. */
export function firstServer({ servers }: OpenApiDocument): string {
  const { url = "", variables = {} } = servers?.[0] ?? {};
  return url.replace(/\{([^}]*)\}/g, (whole, name: string) => variables[name]?.default ?? whole);
}

/** What a reference of the same document points to; anything else as it is. */
export function resolve<T extends object>(document: OpenApiDocument, node: T | Reference): T {
  if (!("$ref" in node) || typeof node.$ref !== "string") return node as T;
  let target: unknown = document;
  for (const token of pointerTokens(node.$ref.slice(1)))
    target = (target as Record<string, unknown> | undefined)?.[token];
  if (typeof target !== "object" || target === null) throw new Error(`${node.$ref} points to nothing in the bundle.`);
  return resolve(document, target as T | Reference);
}

/** The tokens of a JSON Pointer (RFC 6901), unescaped. */
export function pointerTokens(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((token) => decodeURIComponent(token).replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** An operation with where it stands. */
export interface PlacedOperation {
  readonly path: string;
  readonly method: (typeof methods)[number];
  readonly operation: Operation;
  /** The operation's own parameters and those of its path item, resolved. */
  readonly parameters: readonly Parameter[];
}

/** Every operation below `paths` or `webhooks`, in the order of the document. */
export function listOperations(document: OpenApiDocument, under: "paths" | "webhooks" = "paths"): PlacedOperation[] {
  return Object.entries(document[under] ?? {}).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      if (!operation) return [];
      const own = (operation.parameters ?? []).map((parameter) => resolve<Parameter>(document, parameter));
      const shared = (item.parameters ?? [])
        .map((parameter) => resolve<Parameter>(document, parameter))
        .filter(({ name, in: place }) => !own.some((one) => one.name === name && one.in === place));
      return [{ path, method, operation, parameters: [...shared, ...own] }];
    }),
  );
}
