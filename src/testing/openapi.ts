import type { Json } from "./json.js";

/**
 * The parts of an OpenAPI 3.2 document that the contract tests read. Vendor extensions and everything that is only
 * documentation are left to the index signatures.
 */
export interface OpenApiDocument {
  openapi: string;
  info: { title: string; version: string };
  paths?: Record<string, PathItemObject>;
  security?: SecurityRequirement[];
  components?: { securitySchemes?: Record<string, SecuritySchemeObject>; [section: string]: unknown };
  [field: string]: unknown;
}

/** Path Item Object of OpenAPI 3.2. */
export interface PathItemObject {
  parameters?: unknown[];
  additionalOperations?: Record<string, OperationObject>;
  [method: string]: unknown;
}

/** Operation Object of OpenAPI 3.2. */
export interface OperationObject {
  operationId?: string;
  summary?: string;
  parameters?: unknown[];
  requestBody?: unknown;
  responses?: Record<string, unknown>;
  security?: SecurityRequirement[];
  deprecated?: boolean;
  [extension: `x-${string}`]: unknown;
}

/** Where a parameter travels. */
export type ParameterLocation = "path" | "query" | "header" | "cookie" | "querystring";

/** How a parameter is written, OpenAPI 3.2, Parameter Object, "Style Values". */
export type ParameterStyle =
  | "simple"
  | "label"
  | "matrix"
  | "form"
  | "spaceDelimited"
  | "pipeDelimited"
  | "deepObject"
  | "cookie";

/** What Parameter and Header Objects have in common. */
export interface ValueObject {
  required?: boolean;
  deprecated?: boolean;
  style?: ParameterStyle;
  explode?: boolean;
  allowReserved?: boolean;
  schema?: Schema;
  content?: Record<string, MediaTypeObject>;
  example?: Json;
  examples?: Record<string, unknown>;
}

/** Parameter Object of OpenAPI 3.2. */
export interface ParameterObject extends ValueObject {
  name: string;
  in: ParameterLocation;
}

/** Request Body Object of OpenAPI 3.2. */
export interface RequestBodyObject {
  required?: boolean;
  content?: Record<string, unknown>;
}

/** Response Object of OpenAPI 3.2. */
export interface ResponseObject {
  description?: string;
  headers?: Record<string, unknown>;
  content?: Record<string, unknown>;
}

/** Media Type Object of OpenAPI 3.2. */
export interface MediaTypeObject {
  schema?: Schema;
  itemSchema?: Schema;
  encoding?: Record<string, { contentType?: string; style?: ParameterStyle; explode?: boolean }>;
  example?: Json;
  examples?: Record<string, unknown>;
}

/** Example Object of OpenAPI 3.2. */
export interface ExampleObject {
  value?: Json;
  dataValue?: Json;
  serializedValue?: string;
}

/** The schemes that together open an operation, with their scopes. */
export type SecurityRequirement = Record<string, string[]>;

/** Security Scheme Object of OpenAPI 3.2. */
export interface SecuritySchemeObject {
  type: "apiKey" | "http" | "mutualTLS" | "oauth2" | "openIdConnect";
  name?: string;
  in?: "query" | "header" | "cookie";
  scheme?: string;
}

/** A JSON Schema, draft 2020-12. */
export type Schema = boolean | SchemaObject;

/** The keywords that cases are made from or that are followed to find a part of a schema. */
export interface SchemaObject {
  $ref?: string;
  type?: JsonType | JsonType[];
  enum?: Json[];
  const?: Json;
  default?: Json;
  example?: Json;
  examples?: Json[];
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  multipleOf?: number;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  items?: Schema;
  prefixItems?: Schema[];
  properties?: Record<string, Schema>;
  patternProperties?: Record<string, Schema>;
  additionalProperties?: Schema;
  unevaluatedProperties?: Schema;
  minProperties?: number;
  maxProperties?: number;
  required?: string[];
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  readOnly?: boolean;
  writeOnly?: boolean;
  contentMediaType?: string;
  contentEncoding?: string;
  contentSchema?: Schema;
  [extension: `x-${string}`]: unknown;
}

/** The names that the keyword `type` knows. */
export type JsonType = "null" | "boolean" | "integer" | "number" | "string" | "array" | "object";
