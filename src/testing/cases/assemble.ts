import type { Json } from "../json.js";
import { isJson } from "../media-type.js";
import type { Content, Operation, Parameter } from "../operation.js";
import type { Place } from "../place.js";
import { serializeHeader, serializePairs, serializePath } from "../serialize-parameter.js";
import type { Case, Target } from "./case.js";

/** A request in values, before it is written down. */
export interface Draft {
  readonly parameters: ReadonlyMap<Parameter, Json>;
  readonly body?: { readonly content: Content; readonly value: Json; readonly files: Readonly<Record<string, string>> };
}

/** What a case is, apart from its request. */
export interface Purpose {
  readonly kind: Case["kind"];
  /** What follows the operation in the id. */
  readonly wording: string;
  readonly place: Pick<Place, "pointer" | "evidence">;
  readonly target?: Target;
}

const EXPECTED = { positive: "success", negative: "client-error", unauthenticated: "unauthorized" } as const;

/** Writes a draft down as a case. */
export function assemble(operation: Operation, draft: Draft, purpose: Purpose): Case {
  const of = (location: Parameter["in"]) => [...draft.parameters].filter(([parameter]) => parameter.in === location);
  const written = (location: Parameter["in"]) =>
    of(location).flatMap(([parameter, value]) => serializePairs(writing(parameter), value));
  const path = of("path").reduce(
    (text, [parameter, value]) =>
      text.replaceAll(`{${parameter.name}}`, () => serializePath(writing(parameter), value)),
    operation.path,
  );
  return {
    id: `${operation.operationId}: ${purpose.wording}`,
    operationId: operation.operationId,
    kind: purpose.kind,
    method: operation.method,
    path,
    query: written("query"),
    headers: Object.fromEntries(
      of("header").map(([parameter, value]) => [parameter.name, serializeHeader(writing(parameter), value)]),
    ),
    cookies: written("cookie"),
    ...(draft.body ? bodyOf(draft.body) : {}),
    expect: EXPECTED[purpose.kind],
    pointer: purpose.place.pointer,
    evidence: purpose.place.evidence,
    ...(purpose.target ? { target: purpose.target } : {}),
  };
}

function bodyOf({ content, value, files }: NonNullable<Draft["body"]>): Pick<Case, "body" | "contentType" | "files"> {
  const contentType = content.mediaType.includes("*") ? concrete(content.mediaType) : content.mediaType;
  return { body: value, contentType, ...(Object.keys(files).length > 0 ? { files } : {}) };
}

/** A range says what is accepted; a request has to name one type. */
function concrete(range: string): string {
  if (isJson(range) || range.startsWith("application/*+json")) return "application/json";
  return range.startsWith("text/") ? "text/plain" : "application/octet-stream";
}

function writing({ name, in: location, style, explode, allowReserved, content }: Parameter) {
  return { name, in: location, style, explode, allowReserved, ...(content ? { mediaType: content.mediaType } : {}) };
}
