import { isObject } from "../../testing/json.js";
import { EventSplitter } from "../event-splitter.js";
import type { Answer, BodyEnd } from "../exchange.js";
import { headersOf } from "../headers.js";
import type { TrafficExchange } from "../traffic/traffic-exchange.js";

/** A recording that cannot be read. */
export class RecordingError extends Error {
  override readonly name = "RecordingError";
}

/** An exchange of a recording; where the API begins in its address is not known yet. */
export type RecordedExchange = Omit<TrafficExchange, "path">;

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads an HTTP Archive 1.2, as browsers, proxies and `agent-apis` write it.
 *
 * @throws RecordingError that says what is wrong, and with which entry.
 */
export function readHar(text: string): RecordedExchange[] {
  let archive: unknown;
  try {
    archive = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    throw new RecordingError("is not JSON");
  }
  const log = isObject(archive) && isObject(archive.log) ? archive.log : {};
  if (!Array.isArray(log.entries)) throw new RecordingError("is no HTTP Archive: it has no log.entries");
  return log.entries.map((entry: unknown, index) => exchangeOf(entry, index + 1));
}

function exchangeOf(entry: unknown, number: number): RecordedExchange {
  const { request, response, startedDateTime, time } = fieldsOf(entry);
  const [sent, came] = [fieldsOf(request), fieldsOf(response)];
  const { method, url } = sent;
  if (typeof method !== "string" || typeof url !== "string" || !URL.canParse(url) || typeof came.status !== "number") {
    throw new RecordingError(`is no HTTP Archive: entry ${number} lacks a method, a URL or a status`);
  }
  const started = new Date(String(startedDateTime));
  const durationMs = typeof time === "number" && time >= 0 ? time : 0;
  const { wait } = fieldsOf(fieldsOf(entry).timings);
  const body = bodyOf(fieldsOf(sent.postData), Number(sent.bodySize ?? 0));
  const common = {
    label: `entry ${number}`,
    method: method.toUpperCase(),
    url,
    headers: pairsOf(sent.headers),
    ...body,
    started: Number.isNaN(started.getTime()) ? new Date(0) : started,
    durationMs,
    headersMs: typeof wait === "number" && wait >= 0 ? Math.min(wait, durationMs) : durationMs,
  };
  // 0 stands for an answer that never came.
  if (came.status === 0) {
    return { ...common, failure: { kind: "connection", message: "The recording has no answer." } };
  }
  return { ...common, answer: answerOf(came) };
}

function answerOf(came: Fields): Answer {
  const content = fieldsOf(came.content);
  const headers = headersOf(pairsOf(came.headers));
  const { mimeType, text, encoding, size } = content;
  if (!headers.has("content-type") && typeof mimeType === "string" && /\w\/\w/.test(mimeType)) {
    headers.set("content-type", mimeType);
  }
  const body =
    typeof text === "string" ? Buffer.from(text, encoding === "base64" ? "base64" : "utf8") : Buffer.alloc(0);
  // Many recorders leave bodies out, or cut them off.
  const isWhole = typeof text === "string" ? !(Number(size) > body.length * 2 + 100) : !(Number(size) > 0);
  const answer = {
    status: Number(came.status),
    statusText: String(came.statusText ?? ""),
    headers,
    body,
    end: endOf(came._end) ?? (isWhole ? "end" : "limit"),
  } satisfies Answer;
  if (!/^text\/event-stream\b/i.test(headers.get("content-type") ?? "")) return answer;
  const splitter = new EventSplitter();
  const first = splitter.push(body);
  const { events, rest } = splitter.end();
  // When a recording was stopped cannot be told from when a stream was.
  return { ...answer, end: endOf(came._end) ?? "limit", events: [...first, ...events], rest };
}

/** What our own recordings say about how the reading of an answer ended. */
function endOf(written: unknown): BodyEnd | undefined {
  return (["end", "terminal", "limit", "broken"] as const).find((end) => end === written);
}

function bodyOf({ text, params, mimeType }: Fields, size: number): { body: Uint8Array; isWhole: boolean } {
  if (typeof text === "string" && text !== "") {
    // A form with files is written down as its fields by us, and as bytes in a text by browsers: neither can be read back.
    return { body: Buffer.from(text), isWhole: !/^multipart\//i.test(String(mimeType)) };
  }
  if (Array.isArray(params) && params.length > 0 && /urlencoded/i.test(String(mimeType))) {
    const fields = params.map((one) => [String(fieldsOf(one).name), String(fieldsOf(one).value ?? "")]);
    return { body: Buffer.from(new URLSearchParams(fields).toString()), isWhole: true };
  }
  return { body: Buffer.alloc(0), isWhole: !(size > 0) && !(Array.isArray(params) && params.length > 0) };
}

function pairsOf(list: unknown): [string, string][] {
  const fields = Array.isArray(list) ? list.filter(isObject) : [];
  // Browsers write down the pseudo-fields of HTTP/2, which are no header fields.
  return fields.flatMap(({ name, value }) =>
    typeof name === "string" && !name.startsWith(":") ? [[name, String(value ?? "")] as [string, string]] : [],
  );
}

function fieldsOf(value: unknown): Fields {
  return isObject(value) ? value : {};
}
