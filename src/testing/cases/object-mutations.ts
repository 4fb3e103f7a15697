import type { JsonObject } from "../json.js";
import type { SchemaObject } from "../openapi.js";
import type { Mutation } from "./mutation.js";

/** A member that no description is likely to know. */
const STRANGER = "undescribedMember";

/** Objects without each required member, with one that is not allowed, and with too few or too many. */
export function objectMutations(schema: SchemaObject, object: JsonObject): Mutation[] {
  const { required = [], minProperties = 0, maxProperties = Number.POSITIVE_INFINITY } = schema;
  const closed = schema.additionalProperties === false ? "additionalProperties" : undefined;
  const sealed = schema.unevaluatedProperties === false ? "unevaluatedProperties" : undefined;
  const stranger = closed ?? sealed;
  const names = Object.keys(object);
  return [
    ...required
      .filter((name) => Object.hasOwn(object, name))
      .map(
        (name): Mutation => ({
          kind: "negative",
          keyword: "required",
          wording: "left out",
          candidates: [undefined],
          below: [name],
        }),
      ),
    ...(stranger === undefined
      ? []
      : [negative(stranger, "with a member that is not described", { ...object, [STRANGER]: true })]),
    ...(minProperties > 0
      ? [negative("minProperties", `with fewer than ${minProperties} members`, first(object, names, minProperties - 1))]
      : []),
    ...(maxProperties < 1000
      ? [
          negative(
            "maxProperties",
            `with more than ${maxProperties} members`,
            grown(object, names.length, maxProperties + 1),
          ),
        ]
      : []),
  ];
}

function negative(keyword: string, wording: string, candidate: JsonObject): Mutation {
  return { kind: "negative", keyword, wording, candidates: [candidate] };
}

function first(object: JsonObject, names: readonly string[], size: number): JsonObject {
  return Object.fromEntries(
    names.slice(0, size).flatMap((name) => (name in object ? [[name, object[name] ?? null]] : [])),
  );
}

function grown(object: JsonObject, size: number, wanted: number): JsonObject {
  const value = Object.values(object)[0] ?? "more";
  const more = Array.from({ length: Math.max(0, wanted - size) }, (_, index) => [`${STRANGER}${index}`, value]);
  return { ...object, ...Object.fromEntries(more) };
}
