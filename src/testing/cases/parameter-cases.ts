import type { Json } from "../json.js";
import { pointerTo } from "../json.js";
import type { Parameter } from "../operation.js";
import { asText } from "../text-value.js";
import { assemble, type Draft } from "./assemble.js";
import type { Case, LeftOut } from "./case.js";
import { type Channel, variantsOf } from "./choose.js";
import { type Context, errorsOf } from "./context.js";
import { valueExamples } from "./examples.js";

/** A URL or a header that is longer is refused by many servers before anything looks at it. */
const LONGEST = 4000;

/**
 * The parameters of an operation with a valid value each: the first documented one.
 *
 * @throws Error if a required parameter has no example, or if an example is not valid.
 */
export function exampleParameters(context: Context): Map<Parameter, Json> {
  const { description, operation } = context;
  const values = new Map<Parameter, Json>();
  for (const parameter of operation.parameters) {
    const [example] = valueExamples(description.document, parameter);
    const name = `The ${parameter.in} parameter '${parameter.name}' of ${operation.operationId}`;
    if (!example) {
      if (parameter.required) throw new Error(`${name} is required but has no example (${parameter.place.pointer}).`);
      continue;
    }
    const errors = parameter.schema ? errorsOf(context, parameter.schema, example.value) : [];
    if (errors[0])
      throw new Error(`${name} has an example that is not valid: it ${errors[0].message} (${errors[0].pointer}).`);
    values.set(parameter, example.value);
  }
  return values;
}

/** Cases about one parameter each, with nothing else in the request but what is required. */
export function parameterCases(
  context: Context,
  required: Draft,
  values: ReadonlyMap<Parameter, Json>,
): (Case | LeftOut)[] {
  return [...values].flatMap(([parameter, base]) => [
    ...furtherExamples(context, required, parameter),
    ...leftOutCase(context, required, parameter),
    ...variantCases(context, required, parameter, base),
  ]);
}

function furtherExamples(context: Context, required: Draft, parameter: Parameter): Case[] {
  const { description, operation } = context;
  return valueExamples(description.document, parameter).flatMap(({ name, value, place }) => {
    if (name === undefined) return [];
    const wording = `${label(parameter)} as in the example ${name}`;
    return assemble(operation, changed(required, parameter, value), { kind: "positive", wording, place });
  });
}

function leftOutCase({ operation }: Context, required: Draft, parameter: Parameter): Case[] {
  // Without its path parameter a path is another path.
  if (!parameter.required || parameter.in === "path") return [];
  const place = { ...parameter.place, pointer: pointerTo(parameter.place.pointer, "required") };
  const target = { in: parameter.in, name: parameter.name, part: "", keyword: "required" };
  const purpose = { kind: "negative", wording: `${label(parameter)} left out`, place, target } as const;
  return [assemble(operation, changed(required, parameter, undefined), purpose)];
}

function variantCases(context: Context, required: Draft, parameter: Parameter, base: Json): (Case | LeftOut)[] {
  const { schema } = parameter;
  if (!schema) return [];
  const { operation, description } = context;
  const typed = parameter.content !== undefined;
  const channel: Channel = {
    in: parameter.in,
    name: parameter.name,
    typed,
    arrives: (value) => (typed ? value : asText(description.document, schema, value)),
    obstacle: (value) => obstacle(parameter, value),
  };
  return variantsOf(context, channel, schema, base, label(parameter)).map((variant) => {
    const { kind, wording, pointer, place } = variant;
    const id = `${operation.operationId}: ${wording}`;
    if ("reason" in variant) return { operationId: operation.operationId, id, pointer, reason: variant.reason };
    const purpose = { kind, wording, place: { ...place, pointer }, target: variant.target };
    return assemble(operation, changed(required, parameter, variant.value), purpose);
  });
}

function changed(draft: Draft, parameter: Parameter, value: Json | undefined): Draft {
  const parameters = new Map(draft.parameters);
  if (value === undefined) parameters.delete(parameter);
  else parameters.set(parameter, value);
  return { ...draft, parameters };
}

function obstacle(parameter: Parameter, value: Json): string | undefined {
  if (Array.isArray(value) && value.length === 0) return "an empty list cannot be told from no list";
  const scalars = (Array.isArray(value) ? value : [value]).map((item) =>
    typeof item === "object" ? "" : String(item),
  );
  const text = scalars.join(",");
  if (text.length > LONGEST) return "the value is too long for a URL or a header";
  if (parameter.in === "path" && scalars.some((item) => item === "" || item === "." || item === "..")) {
    return "an empty path segment is another path";
  }
  const plain = parameter.in === "header" || parameter.style === "cookie";
  if (plain && (text === "" || text.trim() !== text || !/^[\x20-\x7e]*$/.test(text)))
    return "a header cannot carry the value";
  return undefined;
}

function label(parameter: Parameter): string {
  return `${parameter.in} ${parameter.name}`;
}
