import {
  type ClientFacts,
  listOperations,
  type OpenApiDocument,
  type Operation,
  type Parameter,
  type PlacedOperation,
  type Reference,
  type RequestBody,
  resolve,
  type Schema,
} from "../openapi.js";
import { camelCase, cannot } from "./names.js";
import { type Payload, payloadOf } from "./payload.js";

/** A method of the client, with all that is needed to write it down. */
export interface Method {
  readonly placed: PlacedOperation;
  /** `["memories"]` of `memories.create`. */
  readonly resource: readonly string[];
  /** `create` of `memories.create`. */
  readonly name: string;
  readonly pathParameters: readonly Parameter[];
  readonly queryParameters: readonly Parameter[];
  /** Parameters in headers, by the name that they have among the fields. */
  readonly headerParameters: ReadonlyMap<string, Parameter>;
  readonly body?: Body;
  /** Which values come from the constructor when a call does not give them, by field. */
  readonly defaults: ReadonlyMap<string, ClientDefault>;
  /** The security schemes, in order of preference; none if they are the API's. */
  readonly security?: readonly string[];
  readonly payload: Payload;
}

/** A body in JSON, or in a form. */
export interface Body {
  readonly mediaType: "application/json" | "multipart/form-data";
  readonly schema: Schema | Reference;
  readonly required: boolean;
  /** The fields that are files. */
  readonly files: readonly string[];
  /** Whether it is an object of fields, which a call gives together with those of the query. */
  readonly fields: boolean;
}

/** Where a value goes that the constructor was given, and whether the operation can do without it. */
export interface ClientDefault {
  readonly in: "path" | "query" | "body";
  readonly option: string;
  readonly optional: boolean;
}

/**
 * The methods that a description's `x-sdk` names.
 *
 * @throws an `Error` that names the operation when it uses something that clients cannot be made for.
 */
export function listMethods(document: OpenApiDocument, facts: ClientFacts): Method[] {
  return listOperations(document).map((placed) => {
    const { operation, parameters, path } = placed;
    const segments = (operation["x-sdk"] ?? "").split(".");
    const name = segments.pop() ?? "";
    const body = bodyOf(document, operation);
    const queryParameters = parameters.filter((parameter) => parameter.in === "query");
    const headerParameters = new Map(
      parameters.filter((parameter) => parameter.in === "header").map((one) => [camelCase(one.name), one] as const),
    );
    const fields = body?.fields ? Object.keys(resolve<Schema>(document, body.schema).properties ?? {}) : [];
    const names = [...queryParameters.map((parameter) => parameter.name), ...headerParameters.keys(), ...fields];
    const clash = names.find((field, index) => names.indexOf(field) !== index);
    if (clash) throw cannot(operation, `two of its query, headers and body have \`${clash}\``);
    return {
      placed,
      resource: segments,
      name,
      pathParameters: [...path.matchAll(/\{([^}]+)\}/g)].map(([, key]) => {
        const parameter = parameters.find((one) => one.in === "path" && one.name === key);
        if (!parameter) throw cannot(operation, `the path parameter \`${key}\` is not described`);
        return parameter;
      }),
      queryParameters,
      headerParameters,
      ...(body ? { body } : {}),
      defaults: defaultsOf(document, parameters, body),
      ...(operation.security ? { security: schemesOf(operation.security) } : {}),
      payload: payloadOf(document, operation, facts),
    };
  });
}

/** The names of the schemes in some security requirements, in order and once each. */
export function schemesOf(requirements: readonly Record<string, readonly string[]>[]): string[] {
  return [...new Set(requirements.flatMap((requirement) => Object.keys(requirement)))];
}

function bodyOf(document: OpenApiDocument, operation: Operation): Body | undefined {
  if (!operation.requestBody) return undefined;
  const body = resolve<RequestBody>(document, operation.requestBody);
  const mediaType = (["application/json", "multipart/form-data"] as const).find((type) => body.content[type]?.schema);
  const schema = mediaType && body.content[mediaType]?.schema;
  if (!schema) {
    throw cannot(
      operation,
      `its body is ${Object.keys(body.content).join(", ")}, and neither JSON nor a form with a schema`,
    );
  }
  const { properties } = resolve<Schema>(document, schema);
  const isForm = mediaType === "multipart/form-data";
  if (isForm && !properties) throw cannot(operation, "its form has no fields");
  const files = isForm ? Object.keys(properties ?? {}).filter((name) => isFile(document, properties?.[name])) : [];
  return { mediaType, schema, required: body.required === true, files, fields: properties !== undefined };
}

/** Bytes have no type in a schema (OpenAPI 3.2, Working with Binary Data); before 3.1 they had a format. */
function isFile(document: OpenApiDocument, node: Schema | Reference | undefined): boolean {
  const { type, format, contentMediaType } = node ? resolve<Schema>(document, node) : {};
  return format === "binary" || (type === undefined && contentMediaType !== undefined);
}

function defaultsOf(
  document: OpenApiDocument,
  parameters: readonly Parameter[],
  body: Body | undefined,
): ReadonlyMap<string, ClientDefault> {
  const defaults = new Map<string, ClientDefault>();
  for (const { name: field, in: place, required, "x-client-default": option } of parameters) {
    if (option && (place === "path" || place === "query")) {
      defaults.set(field, { in: place, option, optional: required !== true });
    }
  }
  const schema = body?.fields ? resolve<Schema>(document, body.schema) : undefined;
  for (const [field, node] of Object.entries(schema?.properties ?? {})) {
    const option = resolve<Schema>(document, node)["x-client-default"];
    if (option) defaults.set(field, { in: "body", option, optional: !schema?.required?.includes(field) });
  }
  return defaults;
}
