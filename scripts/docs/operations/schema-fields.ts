import type { Evidence, Evidenced, OpenApiDocument, Reference, Schema } from "../../openapi.js";
import { resolve } from "../../openapi.js";
import type { Badge, Field } from "../content/block.js";
import { schemaNotes } from "./schema-notes.js";
import { schemaType } from "./schema-type.js";

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
  if (path.includes(schema)) return [];
  const inner = { ...enclosure, evidence: schema["x-evidence"] ?? enclosure.evidence };
  const inside = [...path, schema];
  const variants = schema.oneOf ?? schema.anyOf ?? [];
  return [
    ...Object.entries(schema.properties ?? {}).map(([name, property]) =>
      schemaField(inner, name, property, schema.required?.includes(name) ?? false, inside),
    ),
    ...otherFields(inner, schema, inside),
    ...(schema.allOf ?? []).flatMap((part) => schemaFields(inner, part, inside)),
    ...(schema.items ? schemaFields(inner, schema.items, inside) : []),
    ...(variants.length === 1 ? schemaFields(inner, variants[0], inside) : variantFields(inner, variants, inside)),
  ];
}

/** Fields whose names are not known beforehand, where the schema says what they hold. */
function otherFields(enclosure: Enclosure, { additionalProperties }: Schema, path: readonly Schema[]): Field[] {
  if (typeof additionalProperties !== "object" || additionalProperties === null) return [];
  if (Object.keys(additionalProperties).length === 0) return [];
  return [schemaField(enclosure, "[any name]", additionalProperties as Schema | Reference, false, path)];
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
    badges: badgesOf(enclosure, schema, required, partsOf(enclosure.document, schema)),
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

/** What else is said of a value as a whole: the schemas it combines, those it is a choice of, and that of its items. */
export function partsOf(document: OpenApiDocument, schema: Schema, path: readonly Schema[] = []): Schema[] {
  if (path.includes(schema)) return [];
  const nodes = [
    ...(schema.allOf ?? []),
    ...(schema.oneOf ?? []),
    ...(schema.anyOf ?? []),
    ...(schema.items ? [schema.items] : []),
  ];
  return nodes.flatMap((node) => {
    const part = resolve<Schema>(document, node);
    return [part, ...partsOf(document, part, [...path, schema])];
  });
}

/** What may carry marks. */
type Marked = Evidenced & { deprecated?: unknown; readOnly?: unknown; "x-sensitive"?: unknown };

/**
 * The badges of a described part. Evidence is shown where it differs from that of what encloses the part, or has a source
 * of its own.
 *
 * @param parts what the part consists of, whose evidence counts as well.
 */
export function badgesOf(
  enclosure: Enclosure,
  part: Marked,
  required: boolean,
  parts: readonly Evidenced[] = [],
): Badge[] {
  return [
    ...(required ? [{ kind: "required" } as const] : []),
    ...(part.deprecated === true ? [{ kind: "deprecated" } as const] : []),
    ...(part["x-sensitive"] === true ? [{ kind: "secret", once: part.readOnly === true } as const] : []),
    ...evidenceBadges(enclosure, [part, ...parts]),
  ];
}

/** The evidence of some parts, each source once. */
export function evidenceBadges({ evidence }: Enclosure, parts: readonly Evidenced[]): Badge[] {
  const badges = new Map<string, Badge>();
  for (const { "x-evidence": own, "x-source": source } of parts) {
    if (own === undefined || (own === evidence && source === undefined)) continue;
    badges.set(`${own} ${source}`, { kind: "evidence", evidence: own, ...(source ? { source } : {}) });
  }
  return [...badges.values()];
}
