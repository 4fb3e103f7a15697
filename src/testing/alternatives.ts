import type { ErrorObject } from "ajv/dist/2020.js";
import { pointerTo } from "./json.js";

/** Validates a part of a value against the schema at a pointer. */
type Run = (pointer: string, part: unknown) => ErrorObject[];

/**
 * A value that fits none of several alternatives gets the errors of all of them from Ajv, which buries the one that
 * matters. This keeps only the errors of the alternative that comes closest, after the error that says that none fits.
 *
 * @param errors what Ajv found, in its order: the errors of the alternatives come directly before that of the keyword.
 * @param pointerOf where the schema of an error stands.
 * @param run validates against a schema of the description.
 */
export function withoutInnerErrors(
  errors: ErrorObject[],
  pointerOf: (error: ErrorObject) => string,
  run: Run,
): ErrorObject[] {
  const kept: ErrorObject[] = [];
  for (const error of errors) {
    const alternatives = alternativesOf(error);
    if (alternatives === 0) {
      kept.push(error);
      continue;
    }
    const results = Array.from({ length: alternatives }, (_, index) =>
      withoutInnerErrors(run(pointerTo(pointerOf(error), error.keyword, index), error.data), pointerOf, run),
    );
    const inner = results.reduce((count, result) => count + result.length, 0);
    kept.splice(Math.max(0, kept.length - inner), inner);
    kept.push(error);
    if (!passing(error)) {
      kept.push(
        ...closest(results).map((found) => ({ ...found, instancePath: error.instancePath + found.instancePath })),
      );
    }
  }
  return kept;
}

/** How many alternatives Ajv looked at before it reported the error: it stops at the second one that fits. */
function alternativesOf(error: ErrorObject): number {
  if ((error.keyword !== "anyOf" && error.keyword !== "oneOf") || !Array.isArray(error.schema)) return 0;
  const last = passing(error)?.at(-1);
  return last === undefined ? error.schema.length : last + 1;
}

function passing(error: ErrorObject): number[] | undefined {
  return Array.isArray(error.params.passingSchemas) ? error.params.passingSchemas : undefined;
}

/** A wrong `const` or `enum` is how alternatives are told apart, so it weighs more than any number of other errors. */
function closest(results: ErrorObject[][]): ErrorObject[] {
  const weight = (errors: ErrorObject[]) =>
    errors.length + 100 * errors.filter((error) => error.keyword === "const" || error.keyword === "enum").length;
  const [best, second] = [...results].sort((a, b) => weight(a) - weight(b));
  // Two that are equally far off would only be guessed at.
  if (!best || (second && weight(best) === weight(second))) return [];
  return best;
}
