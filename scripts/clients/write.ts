import {
  type ClientFacts,
  type OpenApiDocument,
  type Parameter,
  pointerTokens,
  type Reference,
  resolve,
  type Schema,
} from "../openapi.js";
import { jsdoc } from "./jsdoc.js";
import { type ClientDefault, componentName, type Method, typeOf } from "./model.js";
import { literalUnion, pascalCase, propertyKey } from "./names.js";

/** The part of the client that gives every component schema its name. */
export function writeSchemaTypes(document: OpenApiDocument): string {
  return Object.entries(document.components?.schemas ?? {})
    .map(
      ([name, schema]) =>
        `${jsdoc([schema.description])}export type ${pascalCase(name)} = components["schemas"][${JSON.stringify(name)}];\n`,
    )
    .join("\n");
}

/** The type of what webhooks deliver; an empty string if there are no webhooks. */
export function writeWebhookType(
  document: OpenApiDocument,
  types: readonly (string | undefined)[],
  facts: ClientFacts,
): string {
  const names = types.filter((name): name is string => name !== undefined);
  if (!document.webhooks || names.length === 0) return "";
  return `${jsdoc([`What ${facts.name} delivers to a webhook. Comparing \`event\` narrows \`data\`.`])}export type WebhookEvent =\n${names.map((name) => `  | ${name}`).join("\n")};\n`;
}

/** `CreateMemoryParams`: the name of the type of a method's fields. */
export function paramsName(method: Method): string | undefined {
  const has = method.queryParameters.length > 0 || method.body !== undefined;
  return has ? `${pascalCase(method.placed.operation.operationId)}Params` : undefined;
}

/** The type of a method's fields, those of the query and those of the body together. */
export function writeParamsType(method: Method): string {
  const name = paramsName(method);
  if (!name) return "";
  const { operationId } = method.placed.operation;
  const parts = [];
  if (method.queryParameters.length > 0) parts.push(`NonNullable<operations["${operationId}"]["parameters"]["query"]>`);
  if (method.body) {
    parts.push(
      typeOf(
        method.body.schema,
        `NonNullable<operations["${operationId}"]["requestBody"]>["content"]["application/json"]`,
      ),
    );
  }
  const supplied = [...method.defaults].filter(([, { in: place }]) => place !== "path").map(([field]) => field);
  const whole = parts.join(" & ");
  const type = supplied.length > 0 ? `WithDefaults<${whole}, ${literalUnion(supplied)}>` : whole;
  const comment = `The fields of {@link ${className(method.resource)}.${method.name}}.${supplied.length > 0 ? ` What the constructor was given may be left out: ${supplied.map((field) => `\`${field}\``).join(", ")}.` : ""}`;
  return `${jsdoc([comment])}export type ${name} = ${type};\n`;
}

/** `MemoriesResource` of `["memories"]`. */
export function className(resource: readonly string[]): string {
  return `${resource.map(pascalCase).join("")}Resource`;
}

/** The facts of one operation that the runtime needs, as an object literal. */
export function writeDescriptor(method: Method): string {
  const { placed, payload } = method;
  const { operation } = placed;
  const pagination = operation["x-pagination"];
  const members = [
    `id: ${JSON.stringify(operation.operationId)}`,
    `method: ${JSON.stringify(placed.method.toUpperCase())}`,
    `path: ${JSON.stringify(placed.path)}`,
    method.queryParameters.length > 0
      ? `query: [${method.queryParameters.map(({ name }) => JSON.stringify(name)).join(", ")}]`
      : "",
    method.body ? 'body: "json"' : "",
    method.defaults.size > 0 ? `defaults: { ${[...method.defaults].map(writeDefault).join(", ")} }` : "",
    payload.member ? `payload: ${JSON.stringify(payload.member)}` : "",
    payload.optional ? "payloadOptional: true" : "",
    payload.empty ? "empty: true" : "",
    operation["x-retry-safe"] ? "retrySafe: true" : "",
    pagination
      ? `pagination: { page: ${JSON.stringify(pagination.page)}, limit: ${JSON.stringify(pagination.limit)}, items: ${JSON.stringify(pagination.items)}, hasNext: ${JSON.stringify(pagination.hasNext)} }`
      : "",
  ];
  return `  ${operation.operationId}: {\n${members
    .filter(Boolean)
    .map((member) => `    ${member},\n`)
    .join("")}  },\n`;
}

function writeDefault([field, { in: place, option, optional }]: [string, ClientDefault]): string {
  return `${propertyKey(field)}: { in: "${place}", option: "${option}"${optional ? ", optional: true" : ""} }`;
}

/** A method of a resource class. */
export function writeMethod(document: OpenApiDocument, method: Method, api: string): string {
  const { operation, path, method: verb } = method.placed;
  const params = paramsName(method);
  const positional = method.pathParameters.map((parameter, index) => ({
    parameter,
    // An optional parameter may not stand before a required one.
    optional:
      isSupplied(method, parameter) &&
      method.pathParameters.slice(index).every((one) => isSupplied(method, one)) &&
      !requiresParams(document, method),
    name: camel(parameter.name),
  }));
  const signature = [
    ...positional.map(({ parameter, optional, name }) => {
      const type = typeOf(parameter.schema, primitive(document, parameter));
      return optional ? `${name}?: ${type}` : `${name}: ${type}${isSupplied(method, parameter) ? " | undefined" : ""}`;
    }),
    ...(params ? [`params${requiresParams(document, method) ? "" : "?"}: ${params}`] : []),
    "options?: RequestOptions",
  ];
  const members = [
    positional.length > 0
      ? `path: { ${positional.map(({ parameter, name }) => (parameter.name === name ? name : `${propertyKey(parameter.name)}: ${name}`)).join(", ")} }`
      : "",
    params ? "params" : "",
  ].filter(Boolean);
  const args = members.length > 0 ? `{ ${members.join(", ")} }` : "{}";
  const { returns, call } = resultOf(document, method);
  const comment = jsdoc(
    [
      operation.summary ? `${operation.summary.replace(/\.$/, "")}.` : undefined,
      operation.description,
      `\`${verb.toUpperCase()} ${path}\``,
      [
        ...positional.map(
          ({ parameter, name }) =>
            `@param ${name} ${oneLine(parameter.description)}${isSupplied(method, parameter) ? " The constructor's, if left out." : ""}`,
        ),
        ...(params ? ["@param params the fields to send."] : []),
        "@param options signal, headers, retries and time budgets of this call.",
        `@throws {${pascalCase(api)}Error} when the answer is one of the documented errors, another {@link ApiError} otherwise.`,
      ].join("\n"),
    ],
    "  ",
  );
  return `${comment}  ${method.name}(${signature.join(", ")}): ${returns} {\n    return this.client.${call}(operation.${operation.operationId}, ${args}, options);\n  }\n`;
}

function resultOf(document: OpenApiDocument, method: Method): { returns: string; call: string } {
  const pagination = method.placed.operation["x-pagination"];
  if (!pagination) return { returns: `ApiPromise<${method.payload.type}>`, call: "call" };
  const tokens = pointerTokens(pagination.items);
  if (method.payload.member && tokens[0] === method.payload.member) tokens.shift();
  let schema: Schema | Reference | undefined = method.payload.schema;
  for (const token of tokens) schema = schema && resolve<Schema>(document, schema).properties?.[token];
  const items = schema && resolve<Schema>(document, schema).items;
  const place = `${method.payload.type}${tokens.map((token) => `[${JSON.stringify(token)}]`).join("")}[number]`;
  return { returns: `PagePromise<${typeOf(items, place)}, ${method.payload.type}>`, call: "list" };
}

function requiresParams(document: OpenApiDocument, method: Method): boolean {
  const fromBody = method.body?.required ? (resolve<Schema>(document, method.body.schema).required ?? []) : [];
  const required = [
    ...method.queryParameters.filter((parameter) => parameter.required).map(({ name }) => name),
    ...fromBody,
  ];
  // A body that must be sent is asked for even if none of its fields is required.
  return (
    required.some((field) => !method.defaults.has(field)) || (method.body?.required === true && fromBody.length === 0)
  );
}

function isSupplied(method: Method, parameter: Parameter): boolean {
  return method.defaults.get(parameter.name)?.in === "path";
}

function primitive(document: OpenApiDocument, parameter: Parameter): string {
  const type = parameter.schema && resolve<Schema>(document, parameter.schema).type;
  return type === "integer" || type === "number" ? "number" : "string";
}

function camel(name: string): string {
  return name.replace(/[^A-Za-z0-9]+([A-Za-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}

function oneLine(text: string | undefined): string {
  return (text ?? "").replace(/\s+/g, " ").trim();
}

/** The exported name of a webhook's payload. */
export function webhookTypeName(schema: Schema | Reference | undefined): string | undefined {
  return schema && "$ref" in schema && typeof schema.$ref === "string" ? componentName(schema.$ref) : undefined;
}
