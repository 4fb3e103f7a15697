import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type RequestListener, type RequestOptions, request } from "node:http";
import { connect } from "node:net";
import { startRelay } from "../../src/proxy/relay.js";
import type { Relayed } from "../../src/proxy/relayed.js";
import { type Listening, listen } from "../../src/server/listen.js";

/** A server with a relay before it. */
export interface Relaying {
  /** Where the relay is, and where the server is. */
  readonly origin: string;
  readonly target: string;
  /** What has passed and is over. */
  readonly passed: Relayed[];
}

/** Puts a relay before a server for as long as a test takes. */
export async function relaying<Result>(
  listener: RequestListener,
  use: (relay: Relaying) => Promise<Result>,
  { keep = 1024 * 1024, prefix = "", redirects = "pass" as "pass" | "withhold" } = {},
): Promise<Result> {
  return serving(listener, async (server) => {
    const target = server.origin + prefix;
    const passed: Relayed[] = [];
    const relay = await startRelay({ target, port: 0, keep, redirects, onEnd: (one) => passed.push(one) });
    try {
      return await use({ origin: relay.origin, target, passed });
    } finally {
      await relay.close();
    }
  });
}

/** A server for as long as a test takes. */
export async function serving<Result>(
  listener: RequestListener,
  use: (server: Listening) => Promise<Result>,
): Promise<Result> {
  const listening = await listen(createServer(listener));
  try {
    return await use(listening);
  } finally {
    await listening.close();
  }
}

/** An answer with its headers as they came. */
export interface Raw {
  readonly status: number;
  readonly rawHeaders: readonly string[];
  readonly headers: IncomingMessage["headers"];
  readonly trailers: NodeJS.Dict<string>;
  readonly body: Buffer;
}

/** Sends a request with `node:http`, which decodes and follows nothing. */
export function send(url: string, options: RequestOptions = {}, body?: string | Buffer): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent: false, ...options }, async (answer) => {
      try {
        const chunks: Buffer[] = [];
        for await (const chunk of answer) chunks.push(chunk as Buffer);
        const { statusCode = 0, rawHeaders, headers, trailers } = answer;
        resolve({ status: statusCode, rawHeaders, headers, trailers, body: Buffer.concat(chunks) });
      } catch (error) {
        reject(error);
      }
    });
    sent.on("error", reject).end(body);
  });
}

/** Writes bytes to a server and reads all that comes back, for requests that no client sends. */
export function sendBytes(origin: string, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(origin).port), "127.0.0.1", () => socket.write(text));
    let got = "";
    socket.setEncoding("latin1").on("data", (chunk) => (got += chunk));
    socket.on("error", reject).on("close", () => resolve(got));
  });
}

/** Reads a body to its end. */
export async function bytesOf(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

export const hashOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** Something that a test waits for. */
export function signal(): { readonly given: Promise<void>; give(): void } {
  let give = () => {};
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { given, give };
}
