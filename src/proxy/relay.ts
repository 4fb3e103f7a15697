import {
  Agent,
  type ClientRequest,
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { type Listening, listen } from "../server/listen.js";
import { causeOf } from "../verify/unreachable.js";
import { endToEnd } from "./hop-by-hop.js";
import { KeptBody } from "./kept-body.js";
import { relayedLocation, type Sides, withoutRelay } from "./location.js";
import { refuse } from "./refuse.js";
import type { Relayed } from "./relayed.js";

/** How a relay works. */
export interface RelayOptions {
  /** The address of the server before the path of an operation. Nothing is sent to anything else. */
  readonly target: string;
  /** The port on 127.0.0.1; 0 for any free one. */
  readonly port: number;
  /** How many ports to try, counting upwards, while the one tried is busy; 1 by default. */
  readonly attempts?: number;
  /** How many bytes of each body are kept. */
  readonly keep: number;
  /**
   * `pass`: a client gets `Location`, and one at the server leads to the relay. `withhold`: it does not, for clients that
   * would follow it.
   */
  readonly redirects: "pass" | "withhold";
  /** Header fields that every request gets, in place of those of the same names. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Told when the headers of an answer have come. */
  readonly onAnswer?: (relayed: Relayed) => void;
  /** Told of each piece of an answer's body. */
  readonly onPiece?: (relayed: Relayed, piece: Buffer) => void;
  /** Told when an exchange is over. */
  readonly onEnd: (relayed: Relayed) => void;
}

/** The headers of a request or an answer, in bytes; more than Node.js allows by itself, so that the server decides. */
const MAX_HEADERS = 128 * 1024;

/** Sends the headers by themselves, and in Latin-1 as they came; `flushHeaders` would make UTF-8 of them. */
const NOTHING = Buffer.alloc(0);

/**
 * Stands between a client and a server, and passes everything on as it comes: pieces at once, no faster than the other
 * side takes them, and either side's leaving. WebSockets are not passed.
 *
 * @throws the system's error (`EADDRINUSE` …) when the port cannot be taken.
 * @see RFC 9110 section 7.6, "Message Forwarding"
 */
export async function startRelay(options: RelayOptions): Promise<Listening> {
  const relay = new Relay(options);
  const server = createServer({ maxHeaderSize: MAX_HEADERS, requestTimeout: 0 }, relay.handle);
  // An answer to Expect comes from the server behind.
  server.on("checkContinue", relay.handle);
  const listening = await listen(server, options.port, options.attempts ?? 1);
  relay.origin = listening.origin;
  return {
    ...listening,
    close: async () => {
      await listening.close();
      relay.close();
    },
  };
}

class Relay {
  origin = "";
  readonly #target: URL;
  readonly #isSecure: boolean;
  readonly #pool: Agent;

  constructor(private readonly options: RelayOptions) {
    this.#target = new URL(options.target);
    this.#isSecure = this.#target.protocol === "https:";
    this.#pool = this.#isSecure ? new HttpsAgent({ keepAlive: true }) : new Agent({ keepAlive: true });
  }

  close(): void {
    this.#pool.destroy();
  }

  readonly handle = (incoming: IncomingMessage, response: ServerResponse): void => {
    const path = refuse(incoming, response, this.origin, this.options.target);
    if (path === undefined) return;
    const url = this.options.target + path;
    const relayed: Relayed = {
      request: {
        method: incoming.method ?? "GET",
        path,
        url,
        headers: endToEnd(incoming.rawHeaders),
        body: new KeptBody(this.options.keep),
      },
      started: new Date(),
      startMs: performance.now(),
    };
    relayed.request.body.watch(incoming);
    // What only watches must not let it flow before there is somewhere to flow to.
    incoming.pause();
    this.#send(relayed, incoming, response);
  };

  #send(relayed: Relayed, incoming: IncomingMessage, response: ServerResponse): void {
    const hasBody =
      incoming.headers["transfer-encoding"] !== undefined || incoming.headers["content-length"] !== undefined;
    const sent = this.#open(relayed, incoming, hasBody);
    const leave = () => {
      if (response.writableFinished) return;
      this.#finish(relayed, "left");
      sent.destroy();
    };
    response.once("close", leave);
    sent.on("information", ({ statusCode, headers }) => {
      if (statusCode === 103 && headers.link !== undefined) response.writeEarlyHints({ link: headers.link });
    });
    sent.on("continue", () => response.writeContinue());
    sent.on("response", (answer) => this.#answer(relayed, answer, response));
    sent.on("error", (error: NodeJS.ErrnoException) => {
      // After an answer has begun, its own end tells how it ended: a server may well refuse an upload before it is over.
      if (relayed.answer || relayed.end) return;
      // A connection that was kept may have been closed meanwhile, which says nothing about the server (RFC 9112, 9.3.1).
      const isStale = sent.reusedSocket && /^(GET|HEAD)$/.test(relayed.request.method) && !hasBody;
      if (isStale && /^(ECONNRESET|EPIPE)$/.test(error.code ?? "")) {
        response.off("close", leave);
        return this.#send(relayed, incoming, response);
      }
      relayed.failure = `The connection failed: ${causeOf({ cause: error })}.`;
      this.#finish(relayed, "unanswered");
      incoming.resume();
      response.writeHead(502, { "content-type": "text/plain; charset=utf-8" });
      response.end(`agent-apis proxy got no answer from ${this.options.target}. ${relayed.failure}\n`);
    });
    incoming.pipe(sent);
  }

  #open(relayed: Relayed, incoming: IncomingMessage, hasBody: boolean): ClientRequest {
    const { method, path, headers } = relayed.request;
    const { hostname, port, pathname, host } = this.#target;
    const added = this.options.headers ?? {};
    const replaced = new Set(["host", ...Object.keys(added).map((name) => name.toLowerCase())]);
    const own = headers
      .filter(([name]) => !replaced.has(name.toLowerCase()))
      .map(([name, value]) => [name, withoutRelay(name, value, this.#sides)]);
    const framing =
      incoming.headers["transfer-encoding"] !== undefined
        ? [["Transfer-Encoding", "chunked"]]
        : hasBody || /^(GET|HEAD|DELETE|OPTIONS|TRACE)$/.test(method)
          ? []
          : [["Content-Length", "0"]];
    const sent = (this.#isSecure ? httpsRequest : httpRequest)({
      // An address of IPv6 stands in brackets in a URL, and nowhere else.
      hostname: hostname.replace(/^\[|\]$/g, ""),
      port: port === "" ? (this.#isSecure ? 443 : 80) : port,
      method,
      path: pathname.replace(/\/$/, "") + path,
      headers: [["Host", host], ...own, ...Object.entries(added), ...framing].flat(),
      maxHeaderSize: MAX_HEADERS,
      // What cannot be sent twice gets a connection that nobody has closed meanwhile.
      agent: hasBody ? false : this.#pool,
    });
    sent.setNoDelay(true);
    if (hasBody) sent.write(NOTHING);
    return sent;
  }

  #answer(relayed: Relayed, answer: IncomingMessage, response: ServerResponse): void {
    const { statusCode = 0, statusMessage = "", rawHeaders } = answer;
    const headers = endToEnd(rawHeaders);
    const body = new KeptBody(this.options.keep);
    const headersMs = performance.now() - relayed.startMs;
    relayed.answer = { status: statusCode, statusText: statusMessage, headers, body, headersMs };
    this.options.onAnswer?.(relayed);
    const passed = headers.flatMap(([name, value]) => {
      if (name.toLowerCase() !== "location") return [name, value];
      if (this.options.redirects === "withhold") return [];
      return [name, relayedLocation(value, relayed.request.url, this.#sides)];
    });
    // The server's own date, or none.
    response.sendDate = false;
    response.writeHead(statusCode, statusMessage, passed);
    response.write(NOTHING);
    body.watch(answer, (piece) => this.options.onPiece?.(relayed, piece));
    answer.once("end", () => {
      if (answer.rawTrailers.length > 0 && !response.writableEnded) addTrailers(response, answer.rawTrailers);
    });
    answer.once("close", () => {
      if (answer.complete) return;
      this.#finish(relayed, "broken");
      response.destroy();
    });
    answer.on("error", () => response.destroy());
    response.once("finish", () => this.#finish(relayed, "end"));
    answer.pipe(response);
  }

  #finish(relayed: Relayed, end: NonNullable<Relayed["end"]>): void {
    if (relayed.end) return;
    relayed.end = end;
    relayed.durationMs = performance.now() - relayed.startMs;
    this.options.onEnd(relayed);
  }

  get #sides(): Sides {
    return { origin: this.origin, target: this.options.target };
  }
}

function addTrailers(response: ServerResponse, raw: readonly string[]): void {
  const pairs = endToEnd(raw);
  try {
    response.addTrailers(pairs);
  } catch {
    // A trailer that is no header field cannot be passed.
  }
}
