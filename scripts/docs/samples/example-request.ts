import type { Method } from "../../clients/model.js";
import { type OpenApiDocument, type Parameter, type RequestBody, resolve, type Schema } from "../../openapi.js";
import { examplesOf } from "../operations/examples.js";

/** The documented request of an operation: what is required, and the first example of the body. */
export interface ExampleRequest {
  readonly path: ReadonlyMap<string, unknown>;
  readonly query: ReadonlyMap<string, unknown>;
  readonly headers: ReadonlyMap<string, unknown>;
  /** Missing if the operation takes none, or does without one that nobody has exemplified. */
  readonly body?: ExampleBody;
}

/** Its body. */
export interface ExampleBody {
  readonly mediaType: string;
  readonly value: unknown;
  /** The files of a form, by field. */
  readonly files: ReadonlyMap<string, ExampleFile>;
}

/** A file to upload. */
export interface ExampleFile {
  readonly name: string;
  readonly content: string;
}

/** Makes the request that samples send. */
export function exampleRequest(document: OpenApiDocument, method: Method): ExampleRequest {
  const { parameters, operation } = method.placed;
  const body = operation.requestBody && exampleBody(document, method);
  const values = (place: Parameter["in"]) =>
    new Map(
      parameters
        .filter((parameter) => parameter.in === place && (parameter.required === true || place === "path"))
        .map((parameter) => [parameter.name, exampleValue(document, parameter)]),
    );
  return { path: values("path"), query: values("query"), headers: values("header"), ...(body ? { body } : {}) };
}

/** A documented value of a parameter: its example, else what its schema gives. */
export function exampleValue(document: OpenApiDocument, parameter: Parameter): unknown {
  const [example] = examplesOf(document, parameter);
  if (example) return example.value;
  return schemaExample(resolve<Schema>(document, parameter.schema ?? {})) ?? parameter.name;
}

function schemaExample({ example, examples, default: fallback, const: only, enum: values }: Schema): unknown {
  return example ?? (Array.isArray(examples) ? examples[0] : undefined) ?? fallback ?? only ?? values?.[0];
}

function exampleBody(document: OpenApiDocument, { body, placed }: Method): ExampleBody | undefined {
  if (!body || !placed.operation.requestBody) return undefined;
  const { content } = resolve<RequestBody>(document, placed.operation.requestBody);
  const [example] = examplesOf(document, content[body.mediaType] ?? {});
  const schema = resolve<Schema>(document, body.schema);
  const value = example?.value ?? schemaExample(schema);
  if (value === undefined && !body.required) return undefined;
  const files = new Map(
    body.files.flatMap((field): [string, ExampleFile][] => {
      const text = (value as Record<string, unknown> | undefined)?.[field];
      return text === undefined ? [] : [[field, exampleFile(document, placed.operation, String(text))]];
    }),
  );
  return { mediaType: body.mediaType, value: value ?? {}, files };
}

/** The name is one that the description mentions in the file's example, or in the answer to it. */
function exampleFile(
  document: OpenApiDocument,
  operation: Method["placed"]["operation"],
  content: string,
): ExampleFile {
  const answers = Object.values(operation.responses ?? {}).map((node) => JSON.stringify(resolve(document, node)));
  const [name] = [content, ...answers].flatMap(
    (text) => /\b[\w-]+\.(?:txt|md|csv|png|webm|wav|mp3|pdf)\b/.exec(text) ?? [],
  );
  return { name: name ?? "file.bin", content };
}
