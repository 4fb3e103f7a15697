import {
  type OpenApiDocument,
  type Parameter,
  pointerTokens,
  type Reference,
  resolve,
  type Schema,
} from "../openapi.js";
import { jsdoc } from "./jsdoc.js";
import type { Method } from "./model.js";
import { camelCase, propertyKey, typeOf } from "./names.js";
import { bodyType, paramsName } from "./write-types.js";

/** A method of a resource class. */
export function writeMethod(document: OpenApiDocument, method: Method, api: string): string {
  const { operation, path, method: verb } = method.placed;
  const args = listArguments(document, method);
  const result = resultOf(document, method);
  const comment = jsdoc(
    [
      operation.summary ? `${operation.summary.replace(/\.$/, "")}.` : undefined,
      operation.description,
      `\`${verb.toUpperCase()} ${path}\``,
      [
        ...args.map(({ name, description }) => `@param ${name} ${description}`),
        "@param options signal, headers, retries and time budgets of this call.",
        `@throws {${api}Error} when the answer is one of the documented errors, another {@link ApiError} otherwise.`,
      ].join("\n"),
    ],
    "  ",
  );
  const signature = [
    ...args.map(({ name, type, optional }) => `${name}${optional ? "?" : ""}: ${type}`),
    "options?: RequestOptions",
  ];
  const members = [pathMember(method), ...args.filter(({ place }) => place !== "path").map(({ name }) => name)].filter(
    Boolean,
  );
  const call = `this.client.${result.call}(operation.${operation.operationId}, ${members.length > 0 ? `{ ${members.join(", ")} }` : "{}"}, options)`;
  return `${comment}  ${method.name}(${signature.join(", ")}): ${result.type} {\n    return ${call};\n  }\n`;
}

interface Argument {
  readonly name: string;
  readonly type: string;
  readonly optional: boolean;
  readonly place: "path" | "body" | "params";
  readonly description: string;
}

/** The arguments of a method: path parameters, then a body that is no object of fields, then the fields. */
function listArguments(document: OpenApiDocument, method: Method): Argument[] {
  const name = paramsName(method);
  const params: Argument | undefined = name
    ? {
        name: "params",
        type: name,
        optional: !requiresParams(document, method),
        place: "params",
        description: "the fields to send.",
      }
    : undefined;
  const body: Argument | undefined =
    method.body && !method.body.fields
      ? {
          name: "body",
          type: bodyType(method),
          optional: !method.body.required && (params?.optional ?? true),
          place: "body",
          description: "the body to send.",
        }
      : undefined;
  const after = [body, params].filter((one) => one !== undefined);
  return [
    ...method.pathParameters.map((parameter, index): Argument => {
      const type = typeOf(parameter.schema, primitive(document, parameter));
      const supplied = isSupplied(method, parameter);
      // An optional parameter may not stand before a required one.
      const optional =
        method.pathParameters.slice(index).every((one) => isSupplied(method, one)) &&
        after.every((one) => one.optional);
      return {
        name: camelCase(parameter.name),
        type: supplied && !optional ? `${type} | undefined` : type,
        optional,
        place: "path",
        description: `${oneLine(parameter.description)}${supplied ? " The constructor's, if left out." : ""}`,
      };
    }),
    ...after,
  ];
}

function pathMember({ pathParameters }: Method): string {
  if (pathParameters.length === 0) return "";
  const members = pathParameters.map(({ name }) => {
    const local = camelCase(name);
    return local === name ? name : `${propertyKey(name)}: ${local}`;
  });
  return `path: { ${members.join(", ")} }`;
}

function resultOf(document: OpenApiDocument, { placed, payload }: Method): { type: string; call: string } {
  const pagination = placed.operation["x-pagination"];
  if (payload.answer === "stream") return { type: `EventStream<${payload.type}>`, call: "stream" };
  if (payload.answer === "json-or-stream") {
    return { type: `ApiPromise<${payload.type} | EventStream<${payload.stream?.type}>>`, call: "call" };
  }
  if (!pagination) return { type: `ApiPromise<${payload.type}>`, call: "call" };
  const tokens = pointerTokens(pagination.items);
  if (payload.member && tokens[0] === payload.member) tokens.shift();
  let schema: Schema | Reference | undefined = payload.schema;
  for (const token of tokens) schema = schema && resolve<Schema>(document, schema).properties?.[token];
  const items = schema && resolve<Schema>(document, schema).items;
  const place = `${payload.type}${tokens.map((token) => `[${JSON.stringify(token)}]`).join("")}[number]`;
  return { type: `PagePromise<${typeOf(items, place)}, ${payload.type}>`, call: "list" };
}

function requiresParams(
  document: OpenApiDocument,
  { queryParameters, headerParameters, body, defaults }: Method,
): boolean {
  const fromBody = body?.fields && body.required ? (resolve<Schema>(document, body.schema).required ?? []) : [];
  const required = [
    ...queryParameters.filter((parameter) => parameter.required).map(({ name }) => name),
    ...[...headerParameters].filter(([, parameter]) => parameter.required).map(([field]) => field),
    ...fromBody,
  ];
  // A body that must be sent is asked for even if none of its fields is required.
  const bare = body?.fields === true && body.required && fromBody.length === 0;
  return required.some((field) => !defaults.has(field)) || bare;
}

function isSupplied(method: Method, parameter: Parameter): boolean {
  return method.defaults.get(parameter.name)?.in === "path";
}

function primitive(document: OpenApiDocument, parameter: Parameter): string {
  const type = parameter.schema && resolve<Schema>(document, parameter.schema).type;
  return type === "integer" || type === "number" ? "number" : "string";
}

function oneLine(text: string | undefined): string {
  return (text ?? "").replace(/\s+/g, " ").trim();
}
