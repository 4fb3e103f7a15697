import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { allowOrigin } from "./cors.js";
import { breakOff } from "./faults/break-off.js";
import type { Fault } from "./faults/fault.js";
import { malform } from "./faults/malform.js";
import { isEventStream, type Message } from "./message.js";
import { piecesOf } from "./pieces.js";

/** How a message is sent. */
export interface SendOptions {
  /** How long to wait between two events of a stream, in milliseconds. */
  paceMs: number;
  /** What goes wrong meanwhile. */
  fault?: Fault | undefined;
}

/**
 * Sends a message: a stream of events event by event, anything else at once. A client that goes away ends the sending.
 *
 * A stream ends behind the last event of its example, also where the API would keep it open until its client leaves:
 * there is nothing more to send, and a client must be ready for a connection that ends.
 *
 * @returns when the message is sent, its client has gone, or the mock has let it stall.
 * @throws if a header's example cannot be a header's value; nothing has been sent then.
 */
export async function send(
  request: IncomingMessage,
  response: ServerResponse,
  message: Message,
  { paceMs, fault }: SendOptions,
): Promise<void> {
  if (response.destroyed) return;
  if (!fault && !isEventStream(message)) sendWhole(request, response, message);
  else await untilGone(response, (gone) => sendInPieces(request, response, message, { paceMs, fault }, gone));
}

function sendWhole(request: IncomingMessage, response: ServerResponse, message: Message): void {
  writeHead(request, response, message);
  response.end(request.method === "HEAD" ? undefined : message.payload);
}

async function sendInPieces(
  request: IncomingMessage,
  response: ServerResponse,
  original: Message,
  { paceMs, fault }: SendOptions,
  gone: AbortSignal,
): Promise<void> {
  if (fault) await sleep(fault.delayMs, undefined, { signal: gone });
  if (fault?.kind === "reset") {
    request.socket.resetAndDestroy();
    return;
  }
  const message = fault?.kind === "malformed" ? malform(original, fault) : original;
  const hasBody = request.method !== "HEAD" && (message.payload?.length ?? 0) > 0;
  const pieces = hasBody ? piecesOf(message) : [];
  const script = fault ? breakOff(pieces, fault, isEventStream(message)) : { pieces, end: "end" };
  // A message without a body is complete with its head, so to stall or to be cut it must not even have that.
  if (hasBody || script.end === "end") {
    writeHead(request, response, message);
    response.flushHeaders();
    await writePieces(response, script.pieces, paceMs, gone);
  }
  if (script.end === "end") response.end();
  if (script.end === "cut") request.socket.destroy();
}

/** Every piece is on its way to the client when this resolves, so that closing the connection takes none back. */
async function writePieces(
  response: ServerResponse,
  pieces: readonly (string | Buffer)[],
  paceMs: number,
  gone: AbortSignal,
): Promise<void> {
  for (const [index, piece] of pieces.entries()) {
    if (index > 0 && paceMs > 0) await sleep(paceMs, undefined, { signal: gone });
    if (!response.write(piece)) await once(response, "drain", { signal: gone });
  }
  // An empty write is not sent, but its turn comes behind those before it.
  await new Promise<void>((resolve) => response.write("", () => resolve()));
}

function writeHead(request: IncomingMessage, response: ServerResponse, message: Message): void {
  const { status, payload = "" } = message;
  const headers = { ...message.headers };
  const bodiless = status === 204 || status === 304;
  if (!bodiless && !isEventStream(message)) headers["content-length"] = Buffer.byteLength(payload);
  allowOrigin(request, headers);
  response.writeHead(status, headers);
}

async function untilGone(response: ServerResponse, work: (gone: AbortSignal) => Promise<void>): Promise<void> {
  const gone = new AbortController();
  const leave = () => gone.abort();
  response.once("close", leave);
  try {
    await work(gone.signal);
  } catch (error) {
    if (!gone.signal.aborted) throw error;
  }
}
