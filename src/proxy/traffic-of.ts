import { promisify } from "node:util";
import { brotliDecompress, constants, gunzip, inflate } from "node:zlib";
import { EventSplitter } from "../verify/event-splitter.js";
import type { Answer, BodyEnd } from "../verify/exchange.js";
import { headersOf } from "../verify/headers.js";
import type { TrafficExchange } from "../verify/traffic/traffic-exchange.js";
import type { KeptBody } from "./kept-body.js";
import type { Relayed } from "./relayed.js";

/** Undoes one content coding (RFC 9110 section 8.4.1); what is cut off gives what can be read of it. */
const DECODERS: Readonly<Record<string, (bytes: Buffer, most: number) => Promise<Buffer>>> = {
  gzip: (bytes, most) => promisify(gunzip)(bytes, { maxOutputLength: most, finishFlush: constants.Z_SYNC_FLUSH }),
  deflate: (bytes, most) => promisify(inflate)(bytes, { maxOutputLength: most, finishFlush: constants.Z_SYNC_FLUSH }),
  br: (bytes, most) =>
    promisify(brotliDecompress)(bytes, { maxOutputLength: most, finishFlush: constants.BROTLI_OPERATION_FLUSH }),
};

/**
 * An exchange that has passed, as the checks take it: bodies decoded, and streams in events.
 *
 * @param most how long a body may get when it is decoded, in bytes; a longer one is not judged.
 */
export async function trafficOf(relayed: Relayed, label: string, most: number): Promise<TrafficExchange> {
  const { request, answer, started, durationMs = 0, end, failure } = relayed;
  const sent = await decodedBody(request.body, headersOf(request.headers), most);
  const common = {
    label,
    method: request.method,
    url: request.url,
    path: request.path,
    headers: request.headers,
    body: sent.bytes,
    isWhole: sent.isWhole && end !== "left",
    started,
    durationMs,
    headersMs: answer?.headersMs ?? durationMs,
  };
  if (!answer) {
    const left = { kind: "stopped", message: "The client left before an answer came." } as const;
    const silent = { kind: "connection", message: failure ?? "No answer came." } as const;
    return { ...common, failure: end === "left" ? left : silent };
  }
  const headers = headersOf(answer.headers);
  const body = await decodedBody(answer.body, headers, most);
  const isStream = /^text\/event-stream\b/i.test(headers.get("content-type") ?? "");
  if (end === "broken" && !isStream) {
    return { ...common, failure: { kind: "connection", message: "The connection broke within the answer." } };
  }
  const bodyEnd: BodyEnd = !body.isWhole || end === "left" ? "limit" : end === "broken" ? "broken" : "end";
  const { status, statusText } = answer;
  const read = { status, statusText, headers, body: body.bytes, end: bodyEnd };
  return { ...common, answer: isStream ? { ...read, ...eventsOf(body.bytes) } : read };
}

function eventsOf(bytes: Uint8Array): Pick<Answer, "events" | "rest"> {
  const splitter = new EventSplitter();
  const first = splitter.push(bytes);
  const { events, rest } = splitter.end();
  return { events: [...first, ...events], rest };
}

async function decodedBody(kept: KeptBody, headers: Headers, most: number) {
  const codings = (headers.get("content-encoding") ?? "")
    .split(",")
    .map((one) => one.trim().toLowerCase().replace(/^x-/, ""))
    .filter((one) => one !== "" && one !== "identity");
  let { bytes } = kept;
  try {
    for (const coding of codings.reverse()) {
      const decode = DECODERS[coding];
      if (!decode) return { bytes: Buffer.alloc(0), isWhole: false };
      if (bytes.length > 0) bytes = await decode(bytes, most);
    }
    return { bytes, isWhole: kept.isWhole };
  } catch {
    // What is no such coding, or gets too long when it is undone, cannot be judged.
    return { bytes: Buffer.alloc(0), isWhole: false };
  }
}
