import { type MediaType, type OpenApiDocument, type Reference, resolve, type Schema } from "../../openapi.js";
import type { Block } from "../content/block.js";
import { examplesOf } from "./examples.js";
import { type Enclosure, evidenceBadges, partsOf, schemaFields } from "./schema-fields.js";
import { schemaType } from "./schema-type.js";

/** What a body holds, by media type: its fields and its examples. */
export function bodyBlocks(enclosure: Enclosure, content: Record<string, MediaType> | undefined): Block[] {
  return Object.entries(content ?? {}).flatMap(([mediaType, media]): Block[] => {
    const inner = { ...enclosure, evidence: media["x-evidence"] ?? enclosure.evidence };
    const fields = schemaFields(inner, media.schema);
    const said = describe(enclosure.document, media.schema);
    return [
      {
        kind: "prose",
        markdown: `\`${mediaType}\`: ${schemaType(enclosure.document, media.schema)}${said}${knownBy(enclosure, media)}`,
      },
      ...(fields.length > 0 ? [{ kind: "fields", fields } as const] : []),
      ...exampleBlocks(enclosure.document, mediaType, media),
    ];
  });
}

/** How the body as a whole is known, in Markdown behind a paragraph, where that is not how its answer is. */
export function knownBy(enclosure: Enclosure, media: MediaType): string {
  const schema = resolve<Schema>(enclosure.document, media.schema ?? {});
  const item = resolve<Schema>(enclosure.document, media.itemSchema ?? {});
  const badges = evidenceBadges(enclosure, [media, item, schema, ...partsOf(enclosure.document, schema)]);
  const texts = badges.map((badge) =>
    badge.kind === "evidence" ? `${badge.evidence}${badge.source ? ` (${badge.source})` : ""}` : "",
  );
  return texts.length === 0 ? "" : `\n\nHow it is known: ${texts.join("; ")}.`;
}

function describe(document: OpenApiDocument, node: Schema | Reference | undefined): string {
  const text = node && resolve<Schema>(document, node).description?.trim();
  return text ? `. ${text}` : "";
}

/** The examples of a body, the first one open. */
export function exampleBlocks(document: OpenApiDocument, mediaType: string, media: MediaType): Block[] {
  return examplesOf(document, media).map(({ name, summary, value }, index) => {
    const title = summary ?? (name === "example" ? "Example" : name);
    const block: Block = { kind: "code", ...written(mediaType, value), title };
    return index === 0
      ? block
      : { kind: "fold", summary: title, blocks: [{ kind: "code", ...written(mediaType, value) }] };
  });
}

function written(mediaType: string, value: unknown): { language: string; code: string } {
  if (typeof value === "string" && !/json$/.test(mediaType)) return { language: "text", code: value.trimEnd() };
  return { language: "json", code: JSON.stringify(value, null, 2) };
}
