import {
  type ClientFacts,
  listOperations,
  type OpenApiDocument,
  type RequestBody,
  resolve,
  type Schema,
} from "../openapi.js";
import { jsdoc } from "./jsdoc.js";
import type { Method } from "./model.js";
import { className, componentName, literalUnion, pascalCase, propertyKey, typeOf } from "./names.js";

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
export function writeWebhookType(document: OpenApiDocument, facts: ClientFacts): string {
  const names = listOperations(document, "webhooks").flatMap(({ operation }) => {
    const body = operation.requestBody && resolve<RequestBody>(document, operation.requestBody);
    const schema = Object.values(body?.content ?? {})[0]?.schema;
    return (schema && "$ref" in schema && componentName(String(schema.$ref))) || [];
  });
  if (names.length === 0) return "";
  const comment = jsdoc([`What ${facts.name} delivers to a webhook. Comparing \`event\` narrows \`data\`.`]);
  return `${comment}export type WebhookEvent =\n${[...new Set(names)].map((name) => `  | ${name}`).join("\n")};\n`;
}

/** `CreateMemoryParams`: the name of the type of a method's fields. */
export function paramsName(method: Method): string | undefined {
  const has = method.queryParameters.length > 0 || method.headerParameters.size > 0 || method.body?.fields === true;
  return has ? `${pascalCase(method.placed.operation.operationId)}Params` : undefined;
}

/** The type of a method's body; for a body of fields it is part of that of the fields. */
export function bodyType(method: Method): string {
  const { operationId } = method.placed.operation;
  const { schema, mediaType, files = [] } = method.body ?? {};
  const type = typeOf(schema, `NonNullable<operations["${operationId}"]["requestBody"]>["content"]["${mediaType}"]`);
  return files.length > 0 ? `Omit<${type}, ${literalUnion(files)}>` : type;
}

function fileFields(document: OpenApiDocument, { body }: Method): string {
  if (!body || body.files.length === 0) return "";
  const { properties = {}, required = [] } = resolve<Schema>(document, body.schema);
  const members = body.files.map((name) => {
    const { description } = resolve<Schema>(document, properties[name] ?? {});
    return `${jsdoc([description], "  ")}  ${propertyKey(name)}${required.includes(name) ? "" : "?"}: Upload;\n`;
  });
  return `{\n${members.join("")}}`;
}

/** The type of a method's fields: those of the query, the headers and the body together. */
export function writeParamsType(document: OpenApiDocument, method: Method): string {
  const name = paramsName(method);
  if (!name) return "";
  const { operationId } = method.placed.operation;
  const parts = [];
  if (method.queryParameters.length > 0) parts.push(`NonNullable<operations["${operationId}"]["parameters"]["query"]>`);
  if (method.headerParameters.size > 0) parts.push(headerFields(method));
  if (method.body?.fields) parts.push(bodyType(method), fileFields(document, method));
  const supplied = [...method.defaults].filter(([, { in: place }]) => place !== "path").map(([field]) => field);
  const whole = parts.filter(Boolean).join(" & ");
  const type = supplied.length > 0 ? `WithDefaults<${whole}, ${literalUnion(supplied)}>` : whole;
  const comment = `The fields of {@link ${className(method.resource)}.${method.name}}.${supplied.length > 0 ? ` What the constructor was given may be left out: ${supplied.map((field) => `\`${field}\``).join(", ")}.` : ""}`;
  return `${jsdoc([comment])}export type ${name} = ${type};\n`;
}

function headerFields(method: Method): string {
  const { operationId } = method.placed.operation;
  const members = [...method.headerParameters].map(([field, { name, required, description }]) => {
    const type = `NonNullable<operations["${operationId}"]["parameters"]["header"]>[${JSON.stringify(name)}]`;
    return `${jsdoc([description], "  ")}  ${propertyKey(field)}${required ? "" : "?"}: ${type};\n`;
  });
  return `{\n${members.join("")}}`;
}
