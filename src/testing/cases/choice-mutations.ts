import { brief, type Json } from "../json.js";
import type { JsonType, SchemaObject } from "../openapi.js";
import { typesOf } from "../schema-walk.js";
import type { Mutation } from "./mutation.js";

/** Each member of an `enum`, and a value that is none of them; a value that is not the `const`. */
export function choiceMutations(schema: SchemaObject): Mutation[] {
  const members = schema.enum ?? [];
  const each = members.map(
    (member): Mutation => ({ kind: "positive", keyword: "enum", wording: `is ${brief(member)}`, candidates: [member] }),
  );
  const unknown: Mutation[] =
    members.length === 0
      ? []
      : [
          {
            kind: "negative",
            keyword: "enum",
            wording: "is none of the listed values",
            candidates: strangers(members),
          },
        ];
  const other: Mutation[] =
    schema.const === undefined
      ? []
      : [
          {
            kind: "negative",
            keyword: "const",
            wording: `is not ${brief(schema.const)}`,
            candidates: strangers([schema.const]),
          },
        ];
  return [...each, ...unknown, ...other];
}

/** A value of another type; and, where only whole numbers are allowed, a fraction. */
export function typeMutations(schema: SchemaObject): Mutation[] {
  const types = typesOf(schema);
  if (!types) return [];
  const wrong: Mutation = {
    kind: "negative",
    keyword: "type",
    wording: `is no ${types.join(" or ")}`,
    candidates: others(types),
  };
  if (!types.includes("integer") || types.includes("number")) return [wrong];
  return [wrong, { kind: "negative", keyword: "type", wording: "is no whole number", candidates: [1.5] }];
}

function others(types: readonly JsonType[]): Json[] {
  const samples: [JsonType, Json][] = [
    ["string", "text"],
    ["integer", 12345],
    ["boolean", true],
    ["object", { unexpected: true }],
    ["array", ["unexpected"]],
  ];
  return samples
    .filter(([type]) => !types.includes(type) && !(type === "integer" && types.includes("number")))
    .map(([, sample]) => sample);
}

/** Values that look like the members, but are none. */
function strangers(members: readonly Json[]): Json[] {
  return members.slice(0, 1).flatMap((member): Json[] => {
    if (typeof member === "string") return ["unknown", `${member}-unknown`, "zz"];
    if (typeof member === "boolean") return [!member];
    const numbers = members.filter((item) => typeof item === "number");
    return numbers.length > 0 ? [Math.max(...numbers) + 1] : ["unknown"];
  });
}
