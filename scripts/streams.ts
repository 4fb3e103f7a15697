import type { Reference, Schema } from "./openapi.js";

/** What a stream's item schema says of one kind of event. */
export interface StreamEvent {
  /** The name in the `event` field; none if events have no names. */
  readonly name?: string;
  /** What the data is once decoded. */
  readonly data: Schema | Reference;
  /** Whether the data is JSON. */
  readonly json: boolean;
  readonly description?: string;
}

/** Looks through a reference. */
type Resolve = (node: Schema | Reference) => Schema;

/**
 * The kinds of event of a stream. An item is the parsed event: an object with `event`, `data`, `id` and `retry`, whose
 * `data` is a string; JSON in it is described by `contentSchema`.
 *
 * @see https://spec.openapis.org/oas/v3.2.0.html#server-sent-event-streams
 */
export function listStreamEvents(itemSchema: Schema | Reference, resolve: Resolve): StreamEvent[] {
  const item = resolve(itemSchema);
  const variants = item.oneOf ?? item.anyOf;
  if (variants) return variants.flatMap((variant) => listStreamEvents(variant, resolve));
  const { event, data } = item.properties ?? {};
  const { const: name } = event ? resolve(event) : {};
  const payload = data ? resolve(data) : {};
  const json = payload.contentMediaType === "application/json";
  const content = payload.contentSchema as Schema | Reference | undefined;
  return [
    {
      ...(typeof name === "string" ? { name } : {}),
      data: json ? (content ?? {}) : { type: "string", description: payload.description ?? "" },
      json,
      ...(item.description ? { description: item.description } : {}),
    },
  ];
}

/** Whether all events of a stream have names, by which they are told apart. */
export function areNamed(events: readonly StreamEvent[]): boolean {
  return events.every(({ name }) => name !== undefined);
}

/**
 * What a client yields for an event: `{ event, data, id }` with the data decoded where events have names, else the
 * decoded data alone.
 */
export function decodedItem(events: readonly StreamEvent[]): Schema | Reference {
  const named = areNamed(events);
  const items = events.map(({ name, data, description }): Schema | Reference =>
    named
      ? {
          type: "object",
          ...(description ? { description } : {}),
          required: ["event", "data"],
          properties: {
            event: { type: "string", const: name, description: "The kind of event." },
            data,
            id: { type: "string", description: "The id of the event, where the server gives one." },
          },
        }
      : data,
  );
  const [only] = items;
  return items.length === 1 && only ? only : { oneOf: items };
}
