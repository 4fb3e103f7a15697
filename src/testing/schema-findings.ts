import type { Description } from "./description.js";
import { type CheckId, type Finding, finding } from "./finding.js";
import { brief, isObject, pointerSteps } from "./json.js";
import type { Schema } from "./openapi.js";
import type { Place } from "./place.js";
import { holdsSecrets, schemasAt } from "./schema-walk.js";
import type { SchemaError } from "./validator.js";

/** What the findings of one value have in common. */
export interface Subject {
  readonly check: CheckId;
  readonly operationId: string;
  /** Where the value's schema stands. */
  readonly schema: Place<Schema>;
  /** Replaces the pointer into the value, for values that are not a body, such as a header. */
  readonly name?: string;
}

/** Stands in a finding for a value that must not be shown. */
export const HIDDEN = "(hidden: marked x-sensitive)";

/** Turns the errors of a validator into findings: adds the evidence, and shows no secret. */
export function schemaFindings(description: Description, subject: Subject, errors: readonly SchemaError[]): Finding[] {
  return errors.map((error) => {
    const path = pointerSteps(error.location);
    const part = { pointer: error.pointer, evidence: evidenceOf(description, subject.schema, path, error.pointer) };
    return finding(subject.check, subject.operationId, part, `The value ${error.message}.`, {
      location: subject.name ?? error.location,
      received: isSecret(description, subject.schema, path, error.value) ? HIDDEN : shape(error.value),
    });
  });
}

/** A scalar in place of an object may be the very secret that the object should hold. */
function isSecret({ document }: Description, schema: Place<Schema>, path: readonly string[], value: unknown): boolean {
  const ways = [...path.keys(), path.length].map((length) => schemasAt(document, schema, path.slice(0, length)));
  const isScalar = typeof value !== "object" || value === null;
  return (
    ways.flat().some((place) => place.sensitive) ||
    (isScalar && (ways.at(-1) ?? []).some((place) => holdsSecrets(document, place)))
  );
}

/** Objects and lists are only outlined: what is wrong with one is seldom in its values, and they can be very long. */
function shape(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (!isObject(value)) return brief(value);
  const names = Object.keys(value);
  return names.length === 0 ? "an object without members" : `an object with ${names.join(", ")}`;
}

function evidenceOf(
  description: Description,
  schema: Place<Schema>,
  path: readonly string[],
  pointer: string,
): Place["evidence"] {
  const { document } = description;
  const keyword = pointer.slice(0, pointer.lastIndexOf("/"));
  const candidates = schemasAt(document, schema, path);
  const exact = candidates.find((place) => place.pointer === keyword);
  return (exact ?? candidates[0] ?? schema).evidence;
}
