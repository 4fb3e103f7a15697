import { format } from "node:util";
import { createParser, type EventSourceMessage } from "eventsource-parser";
import type { Method } from "../../clients/model.js";
import type { Operation } from "../../openapi.js";

/** The events of a documented stream, as a parser reads them. */
export function parseEvents(stream: string): EventSourceMessage[] {
  const events: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (event) => events.push(event) });
  parser.feed(stream);
  return events;
}

/** What a client yields of a documented stream: decoded, and no further than the event that ends it. */
export function yieldedEvents({ payload, placed }: Method, stream: string): { event?: string; data: unknown }[] {
  const { json } = payload.stream ?? {};
  const yielded: { event?: string; data: unknown }[] = [];
  for (const { event, data } of parseEvents(stream)) {
    const isJson = json === undefined || json.includes(event ?? "message");
    const decoded = { ...(event === undefined ? {} : { event }), data: isJson ? (JSON.parse(data) as unknown) : data };
    yielded.push(decoded);
    if (isTerminal(placed.operation, decoded)) break;
  }
  return yielded;
}

/** Whether a stream is over behind an event. */
export function isTerminal(
  { "x-stream": stream }: Operation,
  { event, data }: { event?: string; data: unknown },
): boolean {
  return (stream?.terminal ?? []).some((one) => {
    if (typeof one === "string") return one === event;
    const members = Object.entries(one.when);
    return (
      one.event === event &&
      members.every(([key, value]) => (data as Record<string, unknown> | undefined)?.[key] === value)
    );
  });
}

/**
 * What the sample of a client prints: each event as it comes.
 *
 * @param hasSecret whether the data of an event may be a secret; then names are printed alone.
 */
export function printEvents(
  method: Method,
  stream: string,
  hasSecret: boolean,
): { binding: string; print: string; output: string } {
  const isNamed = method.payload.stream?.events === "event";
  if (isNamed && hasSecret) {
    const names = yieldedEvents(method, stream).map(({ event }) => `${event}\n`);
    return { binding: "{ event }", print: "console.log(event); // its data may be a secret", output: names.join("") };
  }
  const printed = yieldedEvents(method, stream).map(({ event, data }) =>
    isNamed ? format(event, data) : format(data),
  );
  return {
    binding: isNamed ? "{ event, data }" : "event",
    print: isNamed ? "console.log(event, data);" : "console.log(event);",
    output: printed.map((line) => `${line}\n`).join(""),
  };
}
