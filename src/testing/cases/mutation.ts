import { isJsonObject, type Json, type Path } from "../json.js";
import type { OpenApiDocument, Schema, SchemaObject } from "../openapi.js";
import type { Place } from "../place.js";
import { partSchemas, schemasOf } from "../schema-walk.js";
import { arrayMutations } from "./array-mutations.js";
import { choiceMutations, typeMutations } from "./choice-mutations.js";
import { numberMutations } from "./number-mutations.js";
import { objectMutations } from "./object-mutations.js";
import { stringMutations } from "./string-mutations.js";

/** A change of one part of a value that reaches a limit of its schema, or breaks it. */
export interface Mutation {
  /** Whether the value should still be valid afterwards. */
  readonly kind: "positive" | "negative";
  readonly keyword: string;
  /** What follows the name of the part in the name of the case: `longer than 10000`. */
  readonly wording: string;
  /** New values of the part to try, the likeliest first; `undefined` leaves the part out. */
  readonly candidates: readonly (Json | undefined)[];
  /** Goes on from the part, if the change is about something below it. */
  readonly below?: Path;
}

/** A mutation, and where in a value and in the description it belongs. */
export interface PlacedMutation extends Mutation {
  readonly path: Path;
  readonly schema: Place<SchemaObject>;
}

/** Says whether a part of a valid value fits an alternative of `anyOf` or `oneOf`. */
export type Fits = (alternative: Place<Schema>, part: Json) => boolean;

/**
 * Lists the changes of a value that its schema gives rise to, in the value itself and in everything below it. Of a list
 * only the first item is changed.
 *
 * @param place the schema of the value.
 * @param value a valid value, which has every part that is to be changed.
 */
export function mutationsOf(
  document: OpenApiDocument,
  place: Place<Schema>,
  value: Json,
  fits: Fits,
): PlacedMutation[] {
  const visit = (schemas: readonly Place<SchemaObject>[], part: Json, path: Path): PlacedMutation[] => {
    const own = schemas.flatMap((schema) =>
      ownMutations(schema.value, part).map((mutation) => ({
        ...mutation,
        schema,
        path: [...path, ...(mutation.below ?? [])],
      })),
    );
    return [
      ...own,
      ...stepsInto(part).flatMap(([step, child]) =>
        visit(sent(partSchemas(schemas, step), child), child, [...path, step]),
      ),
    ];
  };
  const sent = (parts: readonly Place<Schema>[], part: Json) =>
    parts
      .flatMap((schema) => schemasOf(document, schema, (alternative) => fits(alternative, part)))
      .filter((schema) => schema.value.readOnly !== true);
  return visit(sent([place], value), value, []);
}

function ownMutations(schema: SchemaObject, part: Json): Mutation[] {
  return [
    ...typeMutations(schema),
    ...choiceMutations(schema),
    ...(typeof part === "string" ? stringMutations(schema, part) : []),
    ...(typeof part === "number" ? numberMutations(schema, part) : []),
    ...(Array.isArray(part) ? arrayMutations(schema, part) : []),
    ...(isJsonObject(part) ? objectMutations(schema, part) : []),
  ];
}

function stepsInto(part: Json): [string | number, Json][] {
  if (Array.isArray(part)) return part.slice(0, 1).map((item, index) => [index, item]);
  return isJsonObject(part) ? Object.entries(part) : [];
}
