import { answerOf, type Received, responseError } from "./answer.js";
import type { BodyReader } from "./bodies.js";
import type { OperationDescriptor } from "./descriptors.js";
import { ApiConnectionError, ApiStreamError } from "./errors.js";
import type { DecodedEvent, OpenStream } from "./event-stream.js";
import type { Message } from "./sse.js";

/** How much of an answer that is not a stream is read for the error, in bytes. */
const longestStart = 65_536;

/** Whether an answer is a stream of events. @internal */
export function isEventStream(response: Response): boolean {
  return /^text\/event-stream\s*(;|$)/i.test(response.headers.get("content-type") ?? "");
}

/**
 * Understands a successful answer that should be a stream of events.
 *
 * @param body `undefined` if it is empty.
 * @throws ApiResponseError if it is no such stream.
 * @internal
 */
export async function openStream<Event>(
  operation: OperationDescriptor,
  body: ReadableStream<Uint8Array> | undefined,
  received: Received,
): Promise<OpenStream<Event>> {
  if (!isEventStream(received.response)) {
    const text = body ? await readStart(received.exchange.openBody(body)) : "";
    throw responseError(received, text, text.trim() === "" ? "an empty body" : "a body that is not a stream of events");
  }
  const { response, requestId, rateLimit } = answerOf(undefined, undefined, received);
  return {
    response,
    requestId,
    rateLimit,
    reader: received.exchange.openBody(body ?? new Blob().stream()),
    decode: (message) => decode<Event>(operation, message, received),
    failure: (cause) => (cause instanceof ApiConnectionError ? brokenOff(cause, received) : cause),
    endedEarly: () => (operation.terminal === undefined ? undefined : endedEarly(received)),
  };
}

function decode<Event>(
  operation: OperationDescriptor,
  message: Message,
  received: Received,
): DecodedEvent<Event> | undefined {
  // Events that came in one piece with those before are not delivered when the call is over.
  if (received.exchange.failure) throw received.exchange.failure;
  const { events = "data", eventJson } = operation;
  const { event, data, id, isComplete } = message;
  const json = parse(data);
  // Half of a number is a number too; half of anything else is not JSON.
  if (!isComplete && (json === undefined || typeof json.value === "number")) return undefined;
  const isJson = eventJson === undefined || eventJson.includes(event);
  if (isJson && json === undefined && data !== "") throw brokenData(message, received);
  const decoded = isJson && json ? json.value : data;
  // Servers send empty data to keep a connection open, or only for the id beside it.
  if (events === "data") return data === "" ? undefined : { value: decoded as Event, id, isTerminal: false };
  const value = { event, data: decoded, ...(id === undefined ? {} : { id }) } as Event;
  return { value, id, isTerminal: isTerminal(operation, event, decoded) };
}

function isTerminal({ terminal = [] }: OperationDescriptor, event: string, data: unknown): boolean {
  return terminal.some((one) => {
    if (typeof one === "string") return one === event;
    return one.event === event && Object.entries(one.when).every(([name, value]) => memberOf(data, name) === value);
  });
}

function memberOf(data: unknown, name: string): unknown {
  const has = typeof data === "object" && data !== null && Object.hasOwn(data, name);
  return has ? (data as Record<string, unknown>)[name] : undefined;
}

/** Without a length an answer that is cut off ends like one that is whole; only its last event tells. */
function endedEarly({ api, exchange }: Received): ApiStreamError {
  return new ApiStreamError(exchange.errorInit(`${api.name}: The answer ended before its last event`, exchange.safe));
}

/** The error has no cause, because the message of `JSON.parse` repeats a part of the data. */
function brokenData({ event, data }: Message, { api, exchange }: Received): ApiStreamError {
  const name = exchange.printable(event, 80);
  return new ApiStreamError({
    ...exchange.errorInit(`${api.name}: the data of a \`${name}\` event is not JSON`, false),
    event: name,
    snippet: exchange.printable(data),
  });
}

function brokenOff({ message, isRetryable, cause }: ApiConnectionError, { exchange }: Received): ApiStreamError {
  return new ApiStreamError(exchange.errorInit(message, isRetryable, cause));
}

function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** The beginning of a body. The rest is given up, since it may have no end. */
async function readStart(reader: BodyReader): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for (let length = 0; length < longestStart; ) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    length += value.length;
    text += decoder.decode(value, { stream: true });
  }
  reader.cancel().catch(() => {});
  return text;
}
