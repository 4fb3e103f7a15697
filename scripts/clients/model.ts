import {
  type ClientFacts,
  listOperations,
  type MediaType,
  type OpenApiDocument,
  type Operation,
  type Parameter,
  type PlacedOperation,
  pointerTokens,
  type Reference,
  type RequestBody,
  type Response,
  resolve,
  type Schema,
} from "../openapi.js";
import { pascalCase } from "./names.js";

/** A method of the client, with all that is needed to write it down. */
export interface Method {
  readonly placed: PlacedOperation;
  /** `["memories"]` of `memories.create`. */
  readonly resource: readonly string[];
  /** `create` of `memories.create`. */
  readonly name: string;
  readonly pathParameters: readonly Parameter[];
  readonly queryParameters: readonly Parameter[];
  /** The schema of a JSON body, if there is one. */
  readonly body?: { readonly schema: Schema | Reference; readonly required: boolean };
  /** Which values come from the constructor when a call does not give them, by field. */
  readonly defaults: ReadonlyMap<string, ClientDefault>;
  readonly payload: Payload;
}

/** Where a value goes that the constructor was given, and whether the operation can do without it. */
export interface ClientDefault {
  readonly in: "path" | "query" | "body";
  readonly option: string;
  readonly optional: boolean;
}

/** What a method resolves to. */
export interface Payload {
  /** Where the payload's schema stands, as a type expression. */
  readonly type: string;
  /** The member of the envelope that is the payload; none if the whole body is. */
  readonly member?: string;
  /** Whether the envelope may come without that member. */
  readonly optional?: boolean;
  /** An envelope around nothing: the method resolves to undefined. */
  readonly empty: boolean;
  readonly schema?: Schema;
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
    const body = jsonBody(document, operation);
    const bodySchema = body && resolve<Schema>(document, body.schema);
    const fields = Object.entries(bodySchema?.properties ?? {});
    const defaults = new Map<string, ClientDefault>();
    for (const { name: field, in: place, required, "x-client-default": option } of parameters) {
      if (option && (place === "path" || place === "query")) {
        defaults.set(field, { in: place, option, optional: required !== true });
      }
    }
    for (const [field, node] of fields) {
      const option = resolve<Schema>(document, node)["x-client-default"];
      if (option) defaults.set(field, { in: "body", option, optional: !bodySchema?.required?.includes(field) });
    }
    const queryParameters = parameters.filter((parameter) => parameter.in === "query");
    const clash = queryParameters.find((parameter) => fields.some(([field]) => field === parameter.name));
    if (clash) throw cannot(operation, `the query and the body both have \`${clash.name}\``);
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
      ...(body ? { body } : {}),
      defaults,
      payload: payloadOf(document, operation, facts),
    };
  });
}

/** The type expression of a schema: the exported name of a component, else the place in the generated types. */
export function typeOf(node: Schema | Reference | undefined, place: string): string {
  const name = node && "$ref" in node && typeof node.$ref === "string" ? componentName(node.$ref) : undefined;
  return name ?? place;
}

/** `Memory` of `#/components/schemas/Memory`. */
export function componentName(ref: string): string | undefined {
  const [section, kind, name] = pointerTokens(ref.slice(1));
  return section === "components" && kind === "schemas" && name ? pascalCase(name) : undefined;
}

function jsonBody(document: OpenApiDocument, operation: Operation): Method["body"] {
  if (!operation.requestBody) return undefined;
  const body = resolve<RequestBody>(document, operation.requestBody);
  const json = body.content["application/json"];
  if (!json?.schema)
    throw cannot(operation, `its body is ${Object.keys(body.content).join(", ")} and not JSON with a schema`);
  if (!resolve<Schema>(document, json.schema).properties)
    throw cannot(operation, "its JSON body is not an object with properties");
  return { schema: json.schema, required: body.required === true };
}

function payloadOf(document: OpenApiDocument, operation: Operation, facts: ClientFacts): Payload {
  const successes = Object.entries(operation.responses ?? {}).filter(([status]) => status.startsWith("2"));
  const bodies = successes.flatMap(([status, node]) => {
    const content: Record<string, MediaType> = resolve<Response>(document, node).content ?? {};
    const [mediaType, media] = Object.entries(content)[0] ?? [];
    if (!media?.schema || !mediaType) return [];
    return [
      {
        node: media.schema,
        place: `operations["${operation.operationId}"]["responses"][${status}]["content"]["${mediaType}"]`,
      },
    ];
  });
  const [body] = bodies;
  if (!body) return { type: "void", empty: true };
  if (bodies.length > 1) throw cannot(operation, "it documents several successful bodies");
  const schema = resolve<Schema>(document, body.node);
  const { envelope } = facts;
  if (!envelope || !isEnvelope(schema, envelope)) return { type: typeOf(body.node, body.place), empty: false, schema };
  const inner = schema.properties?.[envelope.payload];
  if (!inner) return { type: "void", member: envelope.payload, empty: true };
  const payload = resolve<Schema>(document, inner);
  // A payload that nobody documented has no type; `{}` would let it be used as if it were known.
  const open = Object.keys(payload).every((key) => key === "description" || key.startsWith("x-"));
  const type = open ? "unknown" : typeOf(inner, `${body.place}["${envelope.payload}"]`);
  const optional = !schema.required?.includes(envelope.payload);
  // `unknown` has undefined in it already.
  const whole = optional && !open ? `${type} | undefined` : type;
  return { type: whole, member: envelope.payload, optional, empty: false, schema: payload };
}

function isEnvelope(schema: Schema, { payload, beside = [] }: NonNullable<ClientFacts["envelope"]>): boolean {
  const members = Object.keys(schema.properties ?? {});
  return members.length > 0 && members.every((member) => member === payload || beside.includes(member));
}

function cannot(operation: Operation, why: string): Error {
  return new Error(`No client method can be made for ${operation.operationId}: ${why}.`);
}
