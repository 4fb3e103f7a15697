import { isObject } from "./json.js";
import type {
  MediaTypeObject,
  OpenApiDocument,
  OperationObject,
  ParameterLocation,
  ParameterObject,
  ParameterStyle,
  RequestBodyObject,
  ResponseObject,
  Schema,
  SecurityRequirement,
  ValueObject,
} from "./openapi.js";
import { below, type Place, rootOf, settled } from "./place.js";

/** One operation with every reference resolved and everything that it inherits. */
export interface Operation {
  readonly operationId: string;
  /** In upper case, as it is sent. */
  readonly method: string;
  /** The path template, as the document has it. */
  readonly path: string;
  readonly place: Place<OperationObject>;
  readonly operation: OperationObject;
  /** Those of the path item, overridden by those of the operation. */
  readonly parameters: readonly Parameter[];
  readonly requestBody?: RequestBody;
  readonly responses: readonly DescribedResponse[];
  /** Of the operation, or else of the document; an empty list means that no credential is needed. */
  readonly security: readonly SecurityRequirement[];
}

/** A value that travels as text: a parameter or a header. */
export interface Value<Described extends ValueObject = ValueObject> {
  readonly name: string;
  readonly required: boolean;
  readonly style: ParameterStyle;
  readonly explode: boolean;
  readonly place: Place<Described>;
  readonly schema?: Place<Schema>;
  /** Set for a value that is described by `content`: it is then written in that media type, and `schema` is its schema. */
  readonly content?: Content;
}

/** A parameter of an operation. */
export interface Parameter extends Value<ParameterObject> {
  readonly in: ParameterLocation;
  readonly allowReserved: boolean;
  readonly deprecated: boolean;
}

/** One representation of a body. */
export interface Content {
  /** The media type or range, as the document has it. */
  readonly mediaType: string;
  readonly place: Place<MediaTypeObject>;
  readonly schema?: Place<Schema>;
  /** The schema of one item of a sequence, such as an event stream (OpenAPI 3.2, Media Type Object, "Sequential Media Types"). */
  readonly itemSchema?: Place<Schema>;
}

/** The body of a request. */
export interface RequestBody {
  readonly required: boolean;
  readonly place: Place<RequestBodyObject>;
  readonly content: readonly Content[];
}

/** A documented response. */
export interface DescribedResponse {
  /** `"200"`, a range such as `"4XX"`, or `"default"`. */
  readonly status: string;
  readonly place: Place<ResponseObject>;
  readonly headers: readonly Value[];
  readonly content: readonly Content[];
}

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/** Lists the operations of a document, in its order. */
export function operationsOf(document: OpenApiDocument): Operation[] {
  const root = rootOf(document);
  return Object.keys(document.paths ?? {}).flatMap((path) => {
    const item = settled(document, below(root, "paths", path) ?? root);
    const fixed = METHODS.map((method) => [method.toUpperCase(), below<OperationObject>(item, method)] as const);
    const additional = Object.keys(
      isObject(item.value) && isObject(item.value.additionalOperations) ? item.value.additionalOperations : {},
    );
    const others = additional.map(
      (method) => [method, below<OperationObject>(item, "additionalOperations", method)] as const,
    );
    return [...fixed, ...others].flatMap(([method, place]) => {
      if (!place) return [];
      const body = bodyOf(document, place);
      return {
        operationId: place.value.operationId ?? `${method} ${path}`,
        method,
        path,
        place,
        operation: place.value,
        parameters: parametersOf(document, item, place),
        ...(body ? { requestBody: body } : {}),
        responses: responsesOf(document, place),
        security: place.value.security ?? document.security ?? [],
      };
    });
  });
}

/** The description of a status: its own, else that of its range (`4XX`), else the default (OpenAPI 3.2, Responses Object). */
export function describedResponse(operation: Operation, status: number): DescribedResponse | undefined {
  const range = `${Math.floor(status / 100)}XX`;
  const find = (wanted: string) => operation.responses.find((response) => response.status.toUpperCase() === wanted);
  return find(String(status)) ?? find(range) ?? find("DEFAULT");
}

function parametersOf(document: OpenApiDocument, item: Place, operation: Place): Parameter[] {
  const byKey = new Map<string, Parameter>();
  for (const owner of [item, operation]) {
    const list = below<unknown[]>(owner, "parameters");
    for (const index of list?.value.keys() ?? []) {
      const place = settled<ParameterObject>(document, below(owner, "parameters", index) ?? owner);
      const { name, in: location, allowReserved = false, deprecated = false } = place.value;
      const ignored = location === "header" && /^(accept|content-type|authorization)$/i.test(name);
      if (ignored) continue;
      const style = location === "query" || location === "cookie" ? "form" : "simple";
      const value = describedValue(document, name, place, style);
      byKey.set(`${location} ${name}`, { ...value, in: location, allowReserved, deprecated });
    }
  }
  return [...byKey.values()];
}

function bodyOf(document: OpenApiDocument, operation: Place): RequestBody | undefined {
  const raw = below(operation, "requestBody");
  if (!raw) return undefined;
  const place = settled<RequestBodyObject>(document, raw);
  return { required: place.value.required ?? false, place, content: contentOf(document, place) };
}

function responsesOf(document: OpenApiDocument, operation: Place<OperationObject>): DescribedResponse[] {
  return childrenOf(document, operation, "responses")
    .filter(([status]) => !status.startsWith("x-"))
    .map(([status, raw]) => {
      const place = raw as Place<ResponseObject>;
      const headers = childrenOf(document, place, "headers")
        .filter(([name]) => !/^content-type$/i.test(name))
        .map(([name, header]) => describedValue(document, name, header as Place<ValueObject>, "simple"));
      return { status, place, headers, content: contentOf(document, place) };
    });
}

function contentOf(document: OpenApiDocument, owner: Place): Content[] {
  return childrenOf(document, owner, "content").map(([mediaType, raw]) => {
    const place = raw as Place<MediaTypeObject>;
    const schema = below<Schema>(place, "schema");
    const itemSchema = below<Schema>(place, "itemSchema");
    return { mediaType, place, ...(schema ? { schema } : {}), ...(itemSchema ? { itemSchema } : {}) };
  });
}

function describedValue<Described extends ValueObject>(
  document: OpenApiDocument,
  name: string,
  place: Place<Described>,
  defaultStyle: ParameterStyle,
): Value<Described> {
  const [content] = contentOf(document, place);
  const schema = below<Schema>(place, "schema") ?? content?.schema;
  const { style = defaultStyle, required = false } = place.value;
  return {
    name,
    required,
    style,
    explode: place.value.explode ?? (style === "form" || style === "cookie"),
    place,
    ...(schema ? { schema } : {}),
    ...(content ? { content } : {}),
  };
}

function childrenOf(document: OpenApiDocument, owner: Place, section: string): [string, Place][] {
  const map = below(owner, section);
  const names = isObject(map?.value) ? Object.keys(map.value) : [];
  return names.flatMap((name) => {
    const child = below(owner, section, name);
    return child ? [[name, settled(document, child)] as [string, Place]] : [];
  });
}
