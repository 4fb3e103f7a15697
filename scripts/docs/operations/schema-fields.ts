import type { Evidence, Evidenced, OpenApiDocument, Reference, Schema } from "../../openapi.js";
import { resolve } from "../../openapi.js";
import type { Badge, Field } from "../content/block.js";
import { schemaNotes } from "./schema-notes.js";
import { schemaType } from "./schema-type.js";

/** How many levels of fields are written out; what is deeper is in the reference. */
const deepest = 5;

/** What describes some fields: the document, and the evidence of what encloses them, which goes without saying. */
export interface Enclosure {
  readonly document: OpenApiDocument;
  readonly evidence: Evidence | undefined;
}

/**
 * The fields inside a schema: its properties, those of its parts, those of the items of a list. Where there are variants
 * they stand one behind the other, each named after what tells it apart.
 *
 * @param path the schemas around it, so that one that holds itself comes to an end.
 */
export function schemaFields(
  enclosure: Enclosure,
  node: Schema | Reference | undefined,
  path: readonly Schema[] = [],
): Field[] {
  if (!node) return [];
  const schema = resolve<Schema>(enclosure.document, node);
  if (path.includes(schema) || path.length >= deepest) return [];
  const inner = { ...enclosure, evidence: schema["x-evidence"] ?? enclosure.evidence };
  const inside = [...path, schema];
  const variants = schema.oneOf ?? schema.anyOf ?? [];
  return [
    ...Object.entries(schema.properties ?? {}).map(([name, property]) =>
      schemaField(inner, name, property, schema.required?.includes(name) ?? false, inside),
    ),
    ...(schema.allOf ?? []).flatMap((part) => schemaFields(inner, part, inside)),
    ...(schema.items ? schemaFields(inner, schema.items, inside) : []),
    ...(variants.length === 1 ? schemaFields(inner, variants[0], inside) : variantFields(inner, variants, inside)),
  ];
}

/** One value and what is inside it. */
export function schemaField(
  enclosure: Enclosure,
  name: string,
  node: Schema | Reference,
  required: boolean,
  path: readonly Schema[] = [],
): Field {
  const schema = resolve<Schema>(enclosure.document, node);
  return {
    name,
    type: schemaType(enclosure.document, node),
    badges: badgesOf(enclosure, schema, required),
    description: schema.description?.trim() ?? "",
    notes: schemaNotes(schema),
    fields: schemaFields(enclosure, node, path),
  };
}

function variantFields(enclosure: Enclosure, variants: readonly (Schema | Reference)[], path: readonly Schema[]) {
  return variants.flatMap((variant, index) => {
    const schema = resolve<Schema>(enclosure.document, variant);
    const fields = schemaFields(enclosure, variant, path);
    if (fields.length === 0) return [];
    const title = typeof schema.title === "string" ? schema.title : `variant ${index + 1}`;
    return [{ ...schemaField(enclosure, title, variant, false, path), fields }];
  });
}

/**
 * The badges of a described part. Evidence is shown where it differs from that of what encloses the part.
 *
 * @param part what carries `x-evidence` and the like.
 */
export function badgesOf(
  { evidence }: Enclosure,
  part: Evidenced & { deprecated?: unknown; readOnly?: unknown; "x-sensitive"?: unknown },
  required: boolean,
): Badge[] {
  const own = part["x-evidence"];
  const source = part["x-source"];
  return [
    ...(required ? [{ kind: "required" } as const] : []),
    ...(part.deprecated === true ? [{ kind: "deprecated" } as const] : []),
    ...(part["x-sensitive"] === true ? [{ kind: "secret", once: part.readOnly === true } as const] : []),
    ...(own !== undefined && (own !== evidence || source !== undefined)
      ? [{ kind: "evidence", evidence: own, ...(source ? { source } : {}) } as const]
      : []),
  ];
}
