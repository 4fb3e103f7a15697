import { isObject, type Path, partAt, pointerSteps, pointerTo } from "./json.js";
import type { OpenApiDocument } from "./openapi.js";

/** How well a part of a description is known; see `specs/README.md`. */
export type Evidence = "documented" | "observed" | "inferred";

/**
 * A part of a description, and what it inherits from the parts that were passed on the way to it. The way matters: one
 * schema can be documented as part of one answer and a guess as part of another.
 */
export interface Place<Part = unknown> {
  /** Where the part really stands, after every `$ref`; a JSON pointer (RFC 6901) into the description. */
  readonly pointer: string;
  readonly value: Part;
  /** The nearest `x-evidence` on the way down; `documented` where nothing says otherwise. */
  readonly evidence: Evidence;
  /** Whether this part, or one that encloses it, is marked `x-sensitive`. */
  readonly sensitive: boolean;
}

/** The whole document, from where every way starts. */
export function rootOf(document: OpenApiDocument): Place<OpenApiDocument> {
  return { pointer: "", value: document, ...inherited({ evidence: "documented", sensitive: false }, document) };
}

/**
 * Goes down from a place.
 *
 * @param place where to start.
 * @param steps names and indexes; each leads to a member of the part before it.
 * @returns the place reached, or `undefined` if the description has nothing there.
 */
export function below<Part>(place: Place, ...steps: Path): Place<Part> | undefined {
  let here: Place = place;
  for (const step of steps) {
    const value = partAt(here.value, [step]);
    if (value === undefined) return undefined;
    here = { pointer: pointerTo(here.pointer, step), value, ...inherited(here, value) };
  }
  return here as Place<Part>;
}

/**
 * Follows the `$ref` of a place, and of what it leads to, until there is none. Meant for the Reference Object of
 * OpenAPI 3.2; a schema can have keywords beside its `$ref`, so for schemas use `schemasOf`.
 *
 * @throws Error if a `$ref` leads out of the document, to nothing, or back to itself.
 */
export function settled<Part>(document: OpenApiDocument, place: Place<unknown>): Place<Part> {
  const seen = new Set<string>();
  let here = place;
  for (let target = referenced(document, here); target !== undefined; target = referenced(document, here)) {
    if (seen.has(target.pointer)) throw new Error(`The $ref at ${place.pointer} leads back to itself.`);
    seen.add(target.pointer);
    here = target;
  }
  return here as Place<Part>;
}

/** What the `$ref` of a place leads to, one step far, or `undefined` if it has none. */
export function referenced(document: OpenApiDocument, place: Place): Place | undefined {
  const reference = isObject(place.value) ? place.value.$ref : undefined;
  if (typeof reference !== "string") return undefined;
  if (!reference.startsWith("#")) {
    throw new Error(`${place.pointer} refers to ${reference}; only a bundle without outside references can be used.`);
  }
  const pointer = decodeURIComponent(reference.slice(1));
  const value = partAt(document, pointerSteps(pointer));
  if (value === undefined) throw new Error(`${place.pointer} refers to ${reference}, which does not exist.`);
  return { pointer, value, ...inherited(place, value) };
}

function inherited(from: Pick<Place, "evidence" | "sensitive">, value: unknown): Pick<Place, "evidence" | "sensitive"> {
  if (!isObject(value)) return { evidence: from.evidence, sensitive: from.sensitive };
  return {
    evidence: isEvidence(value["x-evidence"]) ? value["x-evidence"] : from.evidence,
    sensitive: from.sensitive || value["x-sensitive"] === true,
  };
}

function isEvidence(value: unknown): value is Evidence {
  return value === "documented" || value === "observed" || value === "inferred";
}
