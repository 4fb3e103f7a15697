import type { ServerResponse } from "node:http";
import type { OperationDescriptor } from "../../runtime/index.js";

/** Yields the data of each event. */
export const streamNotes: OperationDescriptor = {
  id: "streamNotes",
  method: "POST",
  path: "/notes/stream",
  body: "json",
  answer: "stream",
};
/** Yields name, data and id; the data of `ping` and of events that nobody knows stays a string. */
export const watchNotes: OperationDescriptor = {
  id: "watchNotes",
  method: "GET",
  path: "/notes/watch",
  answer: "stream",
  events: "event",
  eventJson: ["message", "note"],
};

/** Begins a stream. */
export function startEvents(response: ServerResponse, text = "", headers: Record<string, string> = {}): void {
  response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8", ...headers });
  response.flushHeaders();
  if (text !== "") response.write(text);
}

/** An answer that comes in exactly these pieces, which a socket might join or divide. */
export function answerInPieces(pieces: Iterable<Uint8Array>): Response {
  const iterator = pieces[Symbol.iterator]();
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const { done, value } = iterator.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
  return new Response(body, { headers: { "content-type": "text/event-stream" } });
}

/** All events, and what the iteration was rejected with. */
export async function drain<T>(stream: AsyncIterable<T>): Promise<{ events: T[]; error: unknown }> {
  const events: T[] = [];
  try {
    for await (const event of stream) events.push(event);
  } catch (error) {
    return { events, error };
  }
  return { events, error: undefined };
}
