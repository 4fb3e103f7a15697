import {
  type ClientFacts,
  type MediaType,
  type OpenApiDocument,
  type Operation,
  type Reference,
  type Response,
  resolve,
  type Schema,
} from "../openapi.js";
import { areNamed, listStreamEvents } from "../streams.js";
import { cannot, typeOf } from "./names.js";

/** What a method resolves to. */
export interface Payload {
  /** How the answer is read. */
  readonly answer: "json" | "text" | "bytes" | "stream" | "json-or-stream" | "json-or-text";
  /** The type of the payload, as an expression; for a stream that of an event. */
  readonly type: string;
  /** The member of the envelope that is the payload; none if the whole body is. */
  readonly member?: string;
  /** Whether the envelope may come without that member. */
  readonly optional: boolean;
  /** Whether a successful answer may have no body. */
  readonly bodyOptional?: boolean;
  /** An answer without a payload: the method resolves to undefined. */
  readonly empty: boolean;
  readonly schema?: Schema;
  /** Media types to ask for, where they are not the usual ones. */
  readonly accept?: string;
  /** What a stream yields. */
  readonly stream?: { readonly type: string; readonly events: "data" | "event"; readonly json?: readonly string[] };
}

/** A successful answer in one media type. */
interface Answer {
  readonly mediaType: string;
  readonly media: MediaType;
  readonly place: string;
}

const nothing = { answer: "json", type: "void", optional: false, empty: true } as const;

/**
 * What an operation's successful answers amount to.
 *
 * @throws an `Error` that names the operation when they are of a kind that clients cannot read.
 */
export function payloadOf(document: OpenApiDocument, operation: Operation, facts: ClientFacts): Payload {
  const answers = listAnswers(document, operation);
  const json = answers.filter(({ mediaType }) => /^application\/(.+\+)?json$/.test(mediaType));
  const streams = answers.filter(({ mediaType }) => mediaType === "text/event-stream");
  const texts = answers.filter(({ mediaType }) => /^text\/(?!event-stream)|^application\/(.+\+)?xml$/.test(mediaType));
  const bytes = answers.filter((answer) => ![...json, ...streams, ...texts].includes(answer));
  if (answers.length === 0) return nothing;
  if (bytes.length > 0) {
    if (bytes.length < answers.length) throw cannot(operation, `its answer is ${mediaTypes(answers)}`);
    return { answer: "bytes", type: "Download", optional: false, empty: false, accept: mediaTypes(bytes) };
  }
  if (texts.length > 0 && streams.length > 0) throw cannot(operation, "its answer is text or a stream");
  if (texts.length > 0 && json.length === 0) {
    return { answer: "text", type: "string", optional: false, empty: false, accept: mediaTypes(texts) };
  }
  const stream = streams.map((answer) => streamOf(document, answer))[0];
  if (json.length === 0 && stream)
    return { answer: "stream", type: stream.type, optional: false, empty: false, stream };
  const payloads = json.map((answer) => jsonOf(document, answer, facts));
  const [first] = payloads;
  if (!first) return nothing;
  if (payloads.some(({ member, empty }) => member !== first.member || empty !== first.empty)) {
    throw cannot(operation, "some of its successful answers are in an envelope and some are not");
  }
  const bodyOptional = !first.empty && hasEmptyAnswer(document, operation);
  const accept = json.every(({ mediaType }) => mediaType === "application/json") ? undefined : mediaTypes(json);
  return {
    ...first,
    type: [
      ...new Set([
        ...payloads.map(({ type }) => type),
        ...(texts.length > 0 ? ["string"] : []),
        ...(bodyOptional ? ["undefined"] : []),
      ]),
    ].join(" | "),
    ...(bodyOptional ? { bodyOptional } : {}),
    optional: payloads.some(({ optional }) => optional),
    ...(accept ? { accept } : {}),
    ...(texts.length > 0 ? { answer: "json-or-text" } : {}),
    ...(stream ? { answer: "json-or-stream", stream } : {}),
  };
}

/** Whether one of the successful statuses has no body, as a 202 often has none. */
function hasEmptyAnswer(document: OpenApiDocument, operation: Operation): boolean {
  return Object.entries(operation.responses ?? {}).some(
    ([status, node]) => status.startsWith("2") && !resolve<Response>(document, node).content,
  );
}

function listAnswers(document: OpenApiDocument, operation: Operation): Answer[] {
  return Object.entries(operation.responses ?? {}).flatMap(([status, node]) => {
    if (!status.startsWith("2")) return [];
    const { content } = resolve<Response>(document, node);
    const key = /^\d+$/.test(status) ? status : JSON.stringify(status);
    return Object.entries(content ?? {}).map(([mediaType, media]) => ({
      mediaType,
      media,
      place: `operations["${operation.operationId}"]["responses"][${key}]["content"]["${mediaType}"]`,
    }));
  });
}

function streamOf(document: OpenApiDocument, { media, place }: Answer): NonNullable<Payload["stream"]> {
  const look = (schema: Schema | Reference) => resolve<Schema>(document, schema);
  const events = media.itemSchema ? listStreamEvents(media.itemSchema, look) : [];
  const named = events.length > 0 && areNamed(events);
  const json = events.filter((event) => event.json);
  return {
    type: typeOf(media.schema, place),
    events: named ? "event" : "data",
    // Events without names are all alike: either all data is JSON or none is.
    ...(json.length < events.length ? { json: json.flatMap(({ name }) => name ?? []) } : {}),
  };
}

function jsonOf(document: OpenApiDocument, { media, place }: Answer, { envelope }: ClientFacts): Payload {
  if (!media.schema) return { answer: "json", type: "unknown", optional: false, empty: false };
  const schema = resolve<Schema>(document, media.schema);
  if (!envelope || !isEnvelope(schema, envelope)) {
    const type = isOpen(schema) ? "unknown" : typeOf(media.schema, place);
    return { answer: "json", type, optional: false, empty: false, schema };
  }
  const member = envelope.payload;
  const inner = schema.properties?.[member];
  if (!inner) return { ...nothing, member };
  const payload = resolve<Schema>(document, inner);
  const open = isOpen(payload);
  const optional = !schema.required?.includes(member);
  const type = open ? "unknown" : typeOf(inner, `${place}["${member}"]`);
  // `unknown` has undefined in it already.
  const whole = optional && !open ? `${type} | undefined` : type;
  return { answer: "json", type: whole, member, optional, empty: false, schema: payload };
}

/** A value that nobody documented has no type; `{}` would let it be used as if it were known. */
function isOpen(schema: Schema): boolean {
  return Object.keys(schema).every(
    (key) => ["description", "example", "examples"].includes(key) || key.startsWith("x-"),
  );
}

function isEnvelope(schema: Schema, { payload, beside = [] }: NonNullable<ClientFacts["envelope"]>): boolean {
  const members = Object.keys(schema.properties ?? {});
  return members.length > 0 && members.every((member) => member === payload || beside.includes(member));
}

function mediaTypes(answers: readonly Answer[]): string {
  return [...new Set(answers.map(({ mediaType }) => mediaType))].join(", ");
}
