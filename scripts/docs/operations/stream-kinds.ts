import { type OpenApiDocument, type Reference, resolve, type Schema } from "../../openapi.js";
import { listStreamEvents, type StreamEvent } from "../../streams.js";

/** One kind of event of a stream: what tells it apart, and what its data holds. */
export interface StreamKind {
  readonly name: string;
  /** The parsed event, whose fields are `event`, `data` and the like. */
  readonly item: Schema;
  readonly event: StreamEvent;
  readonly data: Schema | Reference;
}

/** The kinds of event that a stream's item schema tells apart: by their names, or else by a constant in their data. */
export function streamKinds(document: OpenApiDocument, itemSchema: Schema | Reference): StreamKind[] {
  const look = (node: Schema | Reference) => resolve<Schema>(document, node);
  return itemsOf(look(itemSchema), look).flatMap((item) =>
    listStreamEvents(item, look).flatMap((event) => kindsOf(item, event, look)),
  );
}

type Look = (node: Schema | Reference) => Schema;

/** The schemas that a stream's item is a choice of; itself if it is none. */
function itemsOf(item: Schema, look: Look): Schema[] {
  const variants = item.oneOf ?? item.anyOf;
  return variants ? variants.flatMap((variant) => itemsOf(look(variant), look)) : [item];
}

function kindsOf(item: Schema, event: StreamEvent, look: Look): StreamKind[] {
  const data = look(event.data);
  const variants = event.name === undefined ? (data.oneOf ?? data.anyOf) : undefined;
  if (variants) return variants.flatMap((variant) => kindsOf(item, { ...event, data: variant }, look));
  return [{ name: event.name ?? discriminator(data, look) ?? "event", item, event, data: event.data }];
}

function discriminator(data: Schema, look: Look): string | undefined {
  const constants = Object.values(data.properties ?? {}).map((property) => look(property).const);
  return constants.find((value) => typeof value === "string");
}
