import { type MediaType, type Operation, resolve, type Schema } from "../../openapi.js";
import type { Badge, Block } from "../content/block.js";
import { isTerminal } from "../samples/streamed.js";
import { knownBy } from "./bodies.js";
import { type DocumentedEvent, documentedEvents } from "./documented-events.js";
import { badgesOf, type Enclosure, partsOf, schemaField, schemaFields } from "./schema-fields.js";
import { type StreamKind, streamKinds } from "./stream-kinds.js";

/** A stream: how it goes and ends, then each kind of event with its fields and an example. */
export function streamBlocks(enclosure: Enclosure, operation: Operation, media: MediaType): Block[] {
  if (!media.itemSchema) return [];
  const { document } = enclosure;
  const kinds = streamKinds(document, media.itemSchema);
  const examples = documentedEvents(document, media);
  const slugs = new Map<string, number>();
  return [
    { kind: "prose", markdown: rules(operation, kinds) + knownBy(enclosure, media) },
    ...kinds.flatMap((kind): Block[] => {
      const slug = kind.name.toLowerCase().replace(/[^a-z0-9]+/g, "-");
      const count = (slugs.get(slug) ?? 0) + 1;
      slugs.set(slug, count);
      const example = examples.find((one) => isOf(kind, one));
      return [
        {
          kind: "heading",
          depth: 4,
          id: count === 1 ? `event-${slug}` : `event-${slug}-${count}`,
          text: `\`${kind.name}\`${ending(operation, kind, examples)}`,
          badges: badges(enclosure, kind),
        },
        ...describe(enclosure, kind),
        ...(example ? [{ kind: "code", language: "text", code: example.raw } as const] : []),
      ];
    }),
  ];
}

function rules({ "x-stream": stream }: Operation, kinds: readonly StreamKind[]): string {
  const ends = (stream?.terminal ?? []).map((one) =>
    typeof one === "string" ? `\`${one}\`` : `\`${one.event}\` with \`${JSON.stringify(one.when)}\``,
  );
  const list = kinds.map(({ name }) => `\`${name}\``).join(", ");
  const kindsText = kinds.length === 1 ? `one kind of event, ${list}` : `${kinds.length} kinds of event: ${list}`;
  return [
    `\`text/event-stream\` (server-sent events): ${kindsText}.`,
    ends.length > 0
      ? `The stream is over after ${ends.join(", ")}. One that ends without has broken off, and the client's loop is then rejected with an \`ApiStreamError\`.`
      : "No event ends the stream: it is over when it is closed, and the client takes it for whole then.",
    stream?.resume
      ? `A stream that breaks goes on behind the event whose id is given in \`${stream.resume}\`; the client does that by itself.`
      : "A stream that breaks cannot be resumed: call the operation again.",
  ].join(" ");
}

function ending(operation: Operation, { name, event }: StreamKind, examples: readonly DocumentedEvent[]): string {
  if (event.name === undefined) return "";
  const always = isTerminal(operation, { event: name, data: undefined });
  const sometimes = (operation["x-stream"]?.terminal ?? []).some(
    (one) => typeof one !== "string" && one.event === name,
  );
  if (always) return " ends the stream";
  return sometimes || examples.some((one) => one.event === name && isTerminal(operation, one))
    ? " may end the stream"
    : "";
}

function badges(enclosure: Enclosure, { item, data }: StreamKind): Badge[] {
  const { document } = enclosure;
  const schema = resolve<Schema>(document, data);
  const fields = Object.values(item.properties ?? {}).map((field) => resolve<Schema>(document, field));
  return badgesOf(enclosure, schema, false, [item, ...fields, ...partsOf(document, schema)]);
}

function describe(enclosure: Enclosure, { name, event, data }: StreamKind): Block[] {
  const field = schemaField(enclosure, name, data, false);
  const fields = schemaFields(enclosure, data);
  const texts = [
    event.description?.trim() ?? "",
    field.description === event.description?.trim() ? "" : field.description,
  ];
  const type = event.json ? `Its data is JSON: ${field.type}.` : "Its data is text.";
  const markdown = [...texts, [type, ...field.notes].join(" ")].filter((text) => text !== "").join("\n\n");
  return [{ kind: "prose", markdown }, ...(fields.length > 0 ? [{ kind: "fields", fields } as const] : [])];
}

function isOf({ name, event }: StreamKind, one: DocumentedEvent): boolean {
  if (event.name !== undefined) return one.event === name;
  const values = typeof one.data === "object" && one.data !== null ? Object.values(one.data) : [];
  return name === "event" || values.includes(name);
}
