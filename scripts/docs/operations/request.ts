import { type Parameter, type PlacedOperation, type RequestBody, resolve, type Schema } from "../../openapi.js";
import type { Badge, Block, Field } from "../content/block.js";
import { bodyBlocks } from "./bodies.js";
import { examplesOf } from "./examples.js";
import { badgesOf, type Enclosure, partsOf, schemaField } from "./schema-fields.js";

const places = {
  path: "In the path",
  query: "In the query",
  header: "In headers",
  cookie: "In cookies",
  querystring: "The query",
};

/** The parameters of an operation by their place. */
export function parameterBlocks(enclosure: Enclosure, { parameters }: PlacedOperation): Block[] {
  return (Object.keys(places) as Parameter["in"][]).flatMap((place): Block[] => {
    const found = parameters.filter((parameter) => parameter.in === place);
    if (found.length === 0) return [];
    return [
      { kind: "heading", depth: 2, text: places[place] },
      { kind: "fields", fields: found.map((parameter) => parameterField(enclosure, parameter)) },
    ];
  });
}

function parameterField(enclosure: Enclosure, parameter: Parameter): Field {
  const field = schemaField(enclosure, parameter.name, parameter.schema ?? {}, parameter.required === true);
  const [example] = examplesOf(enclosure.document, parameter);
  const schema = resolve<Schema>(enclosure.document, parameter.schema ?? {});
  const parts = [schema, ...partsOf(enclosure.document, schema)];
  const badges: Badge[] = badgesOf(enclosure, parameter, parameter.required === true, parts);
  return {
    ...field,
    badges,
    description: parameter.description?.trim() ?? field.description,
    notes: [...field.notes, ...(example ? [`Example \`${String(example.value)}\`.`] : [])],
  };
}

/** The body that an operation takes. */
export function requestBlocks(enclosure: Enclosure, { operation }: PlacedOperation): Block[] {
  if (!operation.requestBody) return [];
  const body = resolve<RequestBody>(enclosure.document, operation.requestBody);
  return [
    { kind: "heading", depth: 2, text: "Body", badges: badgesOf(enclosure, body, body.required === true) },
    ...bodyBlocks({ ...enclosure, evidence: body["x-evidence"] ?? enclosure.evidence }, body.content),
  ];
}
