import { banner } from "../banner.js";
import { listOperations, type OpenApiDocument, type RequestBody, resolve, type Schema } from "../openapi.js";
import { errorNames, listErrors, writeErrors } from "./errors.js";
import { jsdoc } from "./jsdoc.js";
import { listMethods, type Method } from "./model.js";
import { pascalCase, propertyKey } from "./names.js";
import {
  className,
  paramsName,
  webhookTypeName,
  writeDescriptor,
  writeMethod,
  writeParamsType,
  writeSchemaTypes,
  writeWebhookType,
} from "./write.js";

/** What the generated file takes from the runtime. */
const runtimeNames = {
  values: ["ApiClient", "documentedErrorClass", "Resource"],
  types: [
    "ApiClientOptions",
    "ApiDescriptor",
    "ApiError",
    "ApiPromise",
    "ApiStatusError",
    "DocumentedError",
    "ErrorClass",
    "OperationDescriptor",
    "PagePromise",
    "RequestOptions",
    "WithDefaults",
  ],
};

/** Members of ApiClient, so no resource may be called so. */
const reserved = ["fetch", "call", "list", "constructor"];

/**
 * Compiles a bundle to the API's client: its named types, its errors, a class for each resource and one for the API.
 *
 * @param api the API's folder name.
 * @throws an `Error` that says which operation or name stands in the way.
 */
export function compileClient(api: string, document: OpenApiDocument): string {
  const facts = document["x-client"];
  if (!facts)
    throw new Error(`specs/${api}/openapi.yaml has no \`x-client\`, which names the client. See specs/README.md.`);
  const methods = listMethods(document, facts);
  const errors = listErrors(document, facts);
  const webhooks = listOperations(document, "webhooks").map(({ operation }) => {
    const body = operation.requestBody && resolve<RequestBody>(document, operation.requestBody);
    return webhookTypeName(Object.values(body?.content ?? {})[0]?.schema);
  });
  const resources = groupByResource(methods);
  checkNames([
    ...runtimeNames.values,
    ...runtimeNames.types,
    ...errorNames(facts),
    ...Object.keys(document.components?.schemas ?? {}).map(pascalCase),
    ...methods.flatMap((method) => paramsName(method) ?? []),
    ...[...resources.keys()].flatMap((key) => [className(key.split(".")), ...(key.includes(".") ? [] : [key])]),
  ]);

  const sections = [
    `${banner(api)}\n${writeImports()}`,
    writeSchemaTypes(document),
    writeWebhookType(document, webhooks, facts),
    methods.map(writeParamsType).filter(Boolean).join("\n"),
    writeErrors(facts, errors),
    `const api: ApiDescriptor = ${writeApiDescriptor(
      document,
      errors.map(({ status, codes }) => [status, codes] as const),
    )};\n`,
    `const operation = {\n${methods.map(writeDescriptor).join("")}} as const satisfies Record<string, OperationDescriptor>;\n`,
    ...[...resources].map(([key, own]) => writeResource(document, key, own, resources, facts.name)),
    writeApiClass(document, resources, facts.name),
  ];
  return sections.filter(Boolean).join("\n");
}

function writeImports(): string {
  const names = [...runtimeNames.values, ...runtimeNames.types.map((name) => `type ${name}`)];
  const sorted = names.sort((a, b) => a.replace("type ", "").localeCompare(b.replace("type ", "")));
  return `import {\n${sorted.map((name) => `  ${name},\n`).join("")}} from "../../runtime/index.js";\nimport type { components, operations, paths } from "./types.js";\n`;
}

function writeApiDescriptor(
  document: OpenApiDocument,
  codes: readonly (readonly [number, readonly string[]])[],
): string {
  const facts = document["x-client"];
  const literal = (value: object) =>
    `{ ${Object.entries(value)
      .map(([key, text]) => `${key}: ${JSON.stringify(text)}`)
      .join(", ")} }`;
  const members = [
    `name: ${JSON.stringify(facts?.name)}`,
    `baseUrl: ${JSON.stringify(document.servers?.[0]?.url ?? "")}`,
    facts?.requestId ? `requestId: ${literal(facts.requestId)}` : "",
    facts?.error ? `error: ${literal(facts.error)}` : "",
    facts?.rateLimit ? `rateLimit: ${literal(facts.rateLimit)}` : "",
    `errorCodes: {\n${codes.map(([status, own]) => `    ${status}: ${JSON.stringify(own).replaceAll(",", ", ")},\n`).join("")}  }`,
    `Error: ${facts?.name}Error`,
    `sensitive: ${JSON.stringify(listSensitive(document)).replaceAll(",", ", ")}`,
  ];
  return `{\n${members
    .filter(Boolean)
    .map((member) => `  ${member},\n`)
    .join("")}}`;
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

/** Methods by resource, `memories` before `memories.tags`, with every resource that only holds others. */
function groupByResource(methods: readonly Method[]): Map<string, Method[]> {
  const groups = new Map<string, Method[]>();
  for (const method of methods) {
    method.resource.forEach((_segment, depth) => {
      const key = method.resource.slice(0, depth + 1).join(".");
      groups.set(key, groups.get(key) ?? []);
    });
    groups.get(method.resource.join("."))?.push(method);
  }
  return groups;
}

function writeResource(
  document: OpenApiDocument,
  key: string,
  methods: readonly Method[],
  all: ReadonlyMap<string, unknown>,
  api: string,
): string {
  const children = childrenOf(key, all).map(
    (child) => `  readonly ${last(child)} = new ${className(child.split("."))}(this.client);\n`,
  );
  const [tag] = methods[0]?.placed.operation.tags ?? [];
  const described = document.tags?.find(({ name }) => name === tag);
  const bodies = methods.map((method) => writeMethod(document, method, api));
  return `${jsdoc([described?.summary, described?.description])}export class ${className(key.split("."))} extends Resource {\n${[...children, ...bodies].join("\n")}}\n`;
}

function writeApiClass(
  document: OpenApiDocument,
  resources: ReadonlyMap<string, readonly Method[]>,
  name: string,
): string {
  const top = [...resources.keys()].filter((key) => !key.includes("."));
  const members = top.map((key) => {
    const tag = resources.get(key)?.[0]?.placed.operation.tags?.[0];
    const summary = document.tags?.find((one) => one.name === tag)?.summary;
    return `${jsdoc([summary], "  ")}  readonly ${propertyKey(key)} = new ${className([key])}(this);\n`;
  });
  return `${jsdoc([`${document.info.title}: ${document.info.summary ?? ""}.`, "The entry point adds the credentials."])}export class ${name}Client extends ApiClient<paths> {\n${members.join("")}\n  constructor(options: ApiClientOptions) {\n    super(api, options);\n  }\n}\n`;
}

function childrenOf(key: string, all: ReadonlyMap<string, unknown>): string[] {
  return [...all.keys()].filter((other) => other.startsWith(`${key}.`) && !other.slice(key.length + 1).includes("."));
}

function last(key: string): string {
  return key.slice(key.lastIndexOf(".") + 1);
}

function checkNames(names: readonly string[]): void {
  const seen = new Set<string>(reserved);
  for (const name of names) {
    if (seen.has(name))
      throw new Error(`The client would have two things called ${name}. Rename the schema or the operation.`);
    seen.add(name);
  }
}
