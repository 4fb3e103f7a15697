import { banner } from "../banner.js";
import type { OpenApiDocument } from "../openapi.js";
import { errorNames, listErrors, writeErrors } from "./errors.js";
import { jsdoc } from "./jsdoc.js";
import { listMethods, type Method } from "./model.js";
import { className, pascalCase, propertyKey } from "./names.js";
import { writeApiDescriptor, writeDescriptor } from "./write-descriptor.js";
import { writeMethod } from "./write-method.js";
import { paramsName, writeParamsType, writeSchemaTypes, writeWebhookType } from "./write-types.js";

/** What the generated file may take from the runtime. */
const runtimeNames = {
  values: ["ApiClient", "documentedErrorClass", "Resource", "streams", "writeForm"],
  /** Values where they are parts of the client, types elsewhere. */
  both: ["Download", "PagePromise"],
  types: [
    "ApiClientOptions",
    "ApiDescriptor",
    "ApiError",
    "ApiPromise",
    "ApiStatusError",
    "DocumentedError",
    "ErrorClass",
    "EventStream",
    "OperationDescriptor",
    "RequestOptions",
    "Upload",
    "WithDefaults",
  ],
};

/** Members of ApiClient, so no resource may be called so. */
const reserved = ["fetch", "call", "list", "stream", "logInWith", "toJSON", "constructor"];

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
  const resources = groupByResource(methods);
  checkNames([
    ...runtimeNames.values,
    ...runtimeNames.both,
    ...runtimeNames.types,
    ...errorNames(facts),
    ...Object.keys(document.components?.schemas ?? {}).map(pascalCase),
    ...methods.flatMap((method) => paramsName(method) ?? []),
    ...[...resources.keys()].flatMap((key) => [className(key.split(".")), ...(key.includes(".") ? [] : [key])]),
  ]);

  const sections = [
    writeSchemaTypes(document),
    writeWebhookType(document, facts),
    methods
      .map((method) => writeParamsType(document, method))
      .filter(Boolean)
      .join("\n"),
    writeErrors(facts, errors),
    `const operation = {\n${methods.map((method) => writeDescriptor(document, method)).join("")}} as const satisfies Record<string, OperationDescriptor>;\n`,
    `const api: ApiDescriptor = ${writeApiDescriptor(document, methods, errors)};\n`,
    ...[...resources].map(([key, own]) => writeResource(document, key, own, resources, facts.name)),
    writeApiClass(document, resources, facts.name),
  ];
  const code = sections.filter(Boolean).join("\n");
  return `${banner(api)}\n${writeImports(code)}\n${code}`;
}

function writeImports(code: string): string {
  const uses = (name: string) => new RegExp(`\\b${name}\\b`).test(code);
  const isPart = (name: string) => new RegExp(`  parts: {[^}]*\\b${name}\\b`).test(code);
  const both = runtimeNames.both.map((name) => (isPart(name) ? name : `type ${name}`));
  const names = [...runtimeNames.values, ...both, ...runtimeNames.types.map((name) => `type ${name}`)]
    .filter((name) => uses(name.replace("type ", "")))
    .sort((a, b) => a.replace("type ", "").localeCompare(b.replace("type ", "")));
  const types = ["components", "operations", "paths"].filter((name) => new RegExp(`\\b${name}[[>]`).test(code));
  return `import {\n${names.map((name) => `  ${name},\n`).join("")}} from "../../runtime/index.js";\nimport type { ${types.join(", ")} } from "./types.js";\n`;
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
