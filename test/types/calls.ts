import { listMethods, type Method } from "../../scripts/clients/model.js";
import { propertyKey } from "../../scripts/clients/names.js";
import { type MediaType, type OpenApiDocument, type RequestBody, resolve } from "../../scripts/openapi.js";
import { describedApis, loadDescription } from "../../src/testing/index.js";

/** One call of a method as a user would write it, with the documented example's values. */
export interface WrittenCall {
  readonly api: string;
  /** The method and all before it, such as `herobrain.memories.create`. */
  readonly method: string;
  /** The call as a statement on one line. */
  readonly code: string;
  /** A statement that does the same with openapi-fetch. */
  readonly byPath: string;
  /** The path as it stands in that. */
  readonly path: string;
}

/** A name with a letter too few, as a hasty hand writes it. */
export interface Mistake {
  readonly code: string;
  /** The name as it should be. */
  readonly right: string;
}

interface Example {
  value?: unknown;
  dataValue?: unknown;
}

/** A call of every method of every client. */
export function writeCalls(): WrittenCall[] {
  return describedApis().flatMap((api) => {
    const document = loadDescription(api).document as OpenApiDocument;
    return listMethods(document, clientOf(document)).map((method) => writeCall(api, document, method));
  });
}

/** The call with its method mistyped; none for a name so short that the compiler does not guess. */
export function mistypeMethod({ method, code }: WrittenCall): Mistake | undefined {
  const right = method.slice(method.lastIndexOf(".") + 1);
  return mistype(code, right, `.${right}(`);
}

/** The call with its first field mistyped that has a name long enough to guess. */
export function mistypeField({ code }: WrittenCall): Mistake | undefined {
  const [, right] = /[{,] (\w{5,}): /.exec(code.slice(code.indexOf("("))) ?? [];
  return right === undefined ? undefined : mistype(code, right, ` ${right}: `);
}

/** The call by path with its path mistyped. */
export function mistypePath({ byPath, path }: WrittenCall): Mistake {
  return { code: byPath.replace(path, path.slice(0, -1)), right: path };
}

function mistype(code: string, right: string, place: string): Mistake | undefined {
  if (right.length < 5) return undefined;
  const wrong = right.slice(0, -2) + right.slice(-1);
  return { code: code.replace(place, place.replace(right, wrong)), right };
}

/** The beginning of a file with calls: a client of each API, named after it. */
export function clientsHead(apis = describedApis()): string {
  return head(apis, (api, className) => [
    `import { ${className} } from "agent-apis/${api}";`,
    `declare const ${api}: ${className};`,
  ]);
}

/** The same for calls by path, with openapi-fetch alone. */
export function byPathHead(apis = describedApis()): string {
  const types = (api: string, className: string) =>
    [
      `import type { paths as ${className}Paths } from "agent-apis/${api}";`,
      `declare const ${api}: Client<${className}Paths>;`,
    ] as const;
  return `import type { Client } from "openapi-fetch";\n${head(apis, types)}`;
}

function head(apis: readonly string[], lines: (api: string, className: string) => readonly [string, string]): string {
  const all = apis.map((api) => lines(api, clientOf(loadDescription(api).document).name));
  return `${[...all.map(([imported]) => imported), ...all.map(([, declared]) => declared)].join("\n")}\n`;
}

function clientOf(document: object) {
  const facts = (document as OpenApiDocument)["x-client"];
  if (!facts) throw new Error("The description names no client.");
  return facts;
}

function writeCall(api: string, document: OpenApiDocument, method: Method): WrittenCall {
  const { resource, name, pathParameters, queryParameters, headerParameters, placed } = method;
  const { operationId, requestBody } = placed.operation;
  const path = pathParameters.map((one) => [one.name, write(exampleOf(one), `${operationId}.${one.name}`)] as const);
  const query = examplesOf(queryParameters.map((one) => [one.name, one]));
  const headers = examplesOf(headerParameters);
  const media = requestBody && resolve<RequestBody>(document, requestBody).content[method.body?.mediaType ?? ""];
  const body = media ? writeBody(method, exampleOf(media)) : undefined;
  const fields = [...query, ...headers, ...(typeof body === "object" ? body : [])];
  const args = [
    ...path.map(([, value]) => value),
    ...(typeof body === "string" ? [body] : []),
    ...(fields.length > 0 ? [writeObject(fields)] : []),
  ];
  const called = [api, ...resource, name].join(".");
  const call = `${called}(${args.join(", ")})`;
  const params = [
    ["path", path],
    ["query", query],
    ["header", headers.map(([field, value]) => [headerParameters.get(field)?.name ?? field, value] as const)],
  ] as const;
  const places = params.filter(([, members]) => members.length > 0);
  const init = [
    ...(places.length > 0
      ? [["params", writeObject(places.map(([place, members]) => [place, writeObject(members)]))] as const]
      : []),
    ...(body === undefined ? [] : [["body", typeof body === "string" ? body : writeObject(body)] as const]),
  ];
  return {
    api,
    method: called,
    code: method.payload.answer === "stream" ? `for await (const event of ${call}) void event;` : `await ${call};`,
    byPath: `await ${api}.${placed.method.toUpperCase()}(${JSON.stringify(placed.path)}, ${writeObject(init)});`,
    path: placed.path,
  };
}

/** The fields of a body, those that are files as such; the whole as an expression if it has no fields. */
function writeBody({ body }: Method, example: unknown): readonly (readonly [string, string])[] | string {
  if (!body?.fields) return write(example, "the body");
  return Object.entries(example as object).map(([name, value]) => [
    name,
    body.files.includes(name) ? `new Blob([${JSON.stringify(String(value))}])` : write(value, name),
  ]);
}

/** The examples of parameters; one without an example is left out. */
function examplesOf(parameters: Iterable<readonly [string, object]>): (readonly [string, string])[] {
  return [...parameters].flatMap(([name, parameter]) => {
    const value = exampleOf(parameter);
    return value === undefined ? [] : [[name, write(value, name)] as const];
  });
}

function exampleOf(node: object | MediaType): unknown {
  const { example, examples } = node as { example?: unknown; examples?: Record<string, Example> };
  const [first] = Object.values(examples ?? {});
  return example ?? first?.value ?? first?.dataValue;
}

/** A JSON value as an expression. */
function write(value: unknown, what: string): string {
  if (value === undefined) throw new Error(`The description has no example of ${what}.`);
  if (Array.isArray(value)) return `[${value.map((item) => write(item, what)).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return writeObject(Object.entries(value).map(([name, member]) => [name, write(member, what)]));
}

/** The names of members stand as people write them: the compiler suggests nothing for one in quotes. */
function writeObject(members: readonly (readonly [string, string])[]): string {
  return members.length === 0
    ? "{}"
    : `{ ${members.map(([name, value]) => `${propertyKey(name)}: ${value}`).join(", ")} }`;
}
