import { isJsonObject, isObject, type Json, type Path, partAt, pointerSteps, withPart } from "../json.js";
import type { Schema } from "../openapi.js";
import { below, type Place } from "../place.js";
import { partSchemas, schemasOf } from "../schema-walk.js";
import { type Context, errorsOf } from "./context.js";
import { exampleOf } from "./examples.js";

/**
 * A valid value with every documented member that can be added to it: those that the example of the whole leaves out
 * come from the examples of the properties. Limits of members that are not there could not be tested.
 */
export function completed(context: Context, schema: Place<Schema>, value: Json): Json {
  const { document } = context.description;
  let whole = value;
  const visit = (path: Path, places: readonly Place<Schema>[]): void => {
    const here = partAt(whole, path) as Json;
    const schemas = places.flatMap((place) =>
      schemasOf(document, place, (alternative) => errorsOf(context, alternative, here).length === 0),
    );
    for (const [step, child] of membersToAdd(context, schemas, here)) {
      const larger = withPart(whole, [...path, step], child);
      if (larger !== undefined && stillValid(context, schema, whole, larger)) whole = larger;
    }
    const grown = partAt(whole, path) as Json;
    const steps = Array.isArray(grown) ? [...grown.keys()] : isJsonObject(grown) ? Object.keys(grown) : [];
    for (const step of steps) visit([...path, step], partSchemas(schemas, step));
  };
  visit([], [schema]);
  return whole;
}

/** A valid value with nothing in it that could be left out. Lists keep their items. */
export function reduced(context: Context, schema: Place<Schema>, value: Json): Json {
  let whole = value;
  const visit = (path: Path): void => {
    const here = partAt(whole, path);
    if (Array.isArray(here)) for (const index of here.keys()) visit([...path, index]);
    if (!isObject(here)) return;
    for (const name of Object.keys(here)) {
      const smaller = withPart(whole, [...path, name], undefined);
      if (smaller !== undefined && errorsOf(context, schema, smaller).length === 0) whole = smaller;
      else visit([...path, name]);
    }
  };
  visit([]);
  return whole;
}

/** The members that a value could have by its schema, but has not. */
export function absentMembers(context: Context, schema: Place<Schema>, value: Json): { path: Path; place: Place }[] {
  const { document } = context.description;
  const visit = (path: Path, places: readonly Place<Schema>[], here: Json): { path: Path; place: Place }[] => {
    const fits = (alternative: Place<Schema>) => errorsOf(context, alternative, here).length === 0;
    const schemas = places.flatMap((place) => schemasOf(document, place, fits));
    if (Array.isArray(here)) {
      const [item] = here;
      return item === undefined ? [] : visit([...path, 0], partSchemas(schemas, 0), item);
    }
    if (!isJsonObject(here)) return [];
    const absent = schemas.flatMap((part) =>
      Object.keys(part.value.properties ?? {})
        .filter((name) => !Object.hasOwn(here, name))
        .flatMap((name) => below<Schema>(part, "properties", name) ?? [])
        .filter((place) => !schemasOf(document, place).some((side) => side.value.readOnly))
        .map((place) => ({ path: [...path, pointerSteps(place.pointer).at(-1) ?? ""], place })),
    );
    return [
      ...absent,
      ...Object.entries(here).flatMap(([name, part]) => visit([...path, name], partSchemas(schemas, name), part)),
    ];
  };
  return visit([], [schema], value);
}

function membersToAdd(
  { description }: Context,
  schemas: ReturnType<typeof schemasOf>,
  here: Json,
): [string | number, Json][] {
  const { document } = description;
  const example = (property: Place<Schema> | undefined): Json | undefined => {
    if (!property || schemasOf(document, property).some(({ value }) => value.readOnly)) return undefined;
    return exampleOf(document, property);
  };
  if (Array.isArray(here)) {
    const item = here.length === 0 ? example(partSchemas(schemas, 0)[0]) : undefined;
    return item === undefined ? [] : [[0, item]];
  }
  if (!isJsonObject(here)) return [];
  return schemas.flatMap((schema) =>
    Object.keys(schema.value.properties ?? {})
      .filter((name) => !Object.hasOwn(here, name))
      .flatMap((name): [string, Json][] => {
        const value = example(below<Schema>(schema, "properties", name));
        return value === undefined ? [] : [[name, value]];
      }),
  );
}

/** A value that is not valid yet may become so step by step, as when an example leaves out a file. */
function stillValid(context: Context, schema: Place<Schema>, before: Json, after: Json): boolean {
  const errors = errorsOf(context, schema, after).length;
  return errors === 0 || errors < errorsOf(context, schema, before).length;
}
