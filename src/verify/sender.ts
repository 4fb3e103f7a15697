import type { Description } from "../testing/index.js";
import { type Authorization, type Case, findOperation, requestFor } from "../testing/index.js";
import { isJson } from "../testing/media-type.js";
import { text } from "../testing/serialize-parameter.js";
import type { Exchange, Failure, SentRequest } from "./exchange.js";
import type { Settings } from "./options.js";
import { readAnswer } from "./read-answer.js";
import { terminalOf } from "./terminal-event.js";
import { causeOf } from "./unreachable.js";

/** After so many requests in a row without an answer the server is given up. */
const GIVEN_UP_AFTER = 5;

/** As much is kept of a body after it was judged, in bytes. */
const KEPT = 1_000_000;

/** The longest wait that a 429 can ask for, in milliseconds. */
const LONGEST_WAIT = 60_000;

/** What is sent besides a case. */
export interface Sending {
  /** What it is for. */
  readonly label: string;
  readonly authorization?: Authorization;
  readonly headers?: Readonly<Record<string, string>>;
  /** Take a 429 for the answer instead of waiting and asking again. */
  readonly keepRefusal?: boolean;
}

/**
 * Sends requests to the one server, each with a limit of time, and keeps what was exchanged. Follows no redirect. When the
 * server asks to slow down, everything waits.
 */
export class Sender {
  /** Every exchange, in order of their ends. */
  readonly log: Exchange[] = [];
  #unanswered = 0;
  #pausedUntil = 0;
  #isSpent = false;
  readonly #deadline: number;
  readonly #stop = new AbortController();

  constructor(
    private readonly description: Description,
    private readonly settings: Settings,
    private readonly retryAfterHeader: string,
  ) {
    this.#deadline = performance.now() + (settings.budgetMs ?? Number.POSITIVE_INFINITY);
    const { signal } = settings;
    if (signal?.aborted) this.#stop.abort();
    signal?.addEventListener("abort", () => this.#stop.abort(), { once: true });
  }

  /** Aborts when the run is to stop, or its time is over. */
  get stopSignal(): AbortSignal {
    const left = this.#deadline - performance.now();
    if (left === Number.POSITIVE_INFINITY) return this.#stop.signal;
    return AbortSignal.any([this.#stop.signal, AbortSignal.timeout(Math.max(0, left))]);
  }

  /** Why nothing more is sent, once that is so. */
  get ended(): "interrupted" | "budget" | "unanswered" | undefined {
    if (this.#stop.signal.aborted) return "interrupted";
    if (this.#unanswered >= GIVEN_UP_AFTER) return "unanswered";
    return this.#isSpent || performance.now() >= this.#deadline ? "budget" : undefined;
  }

  /** Sends a case. After a 429 it waits as long as the server asks for, and sends it once more. */
  async send(made: Case, sending: Sending): Promise<Exchange> {
    const exchange = await this.#sendOnce(made, sending);
    if (exchange.answer?.status !== 429 || sending.keepRefusal) return exchange;
    this.#pausedUntil = Math.max(this.#pausedUntil, performance.now() + this.#waitOf(exchange));
    return this.#sendOnce(made, sending);
  }

  async #sendOnce(made: Case, sending: Sending): Promise<Exchange> {
    await this.#pause();
    const { authorization = { headers: {}, query: [], cookies: [] }, headers = {}, label } = sending;
    const started = new Date();
    const start = performance.now();
    const subject = { operationId: made.operationId, made, label, started };
    const took = () => performance.now() - start;
    let request: Request;
    try {
      request = requestFor(made, this.settings.server, authorization, { ...this.settings.headers, ...headers });
    } catch (error) {
      const sent = { method: made.method, url: `${this.settings.server}${made.path}`, headers: [] };
      const failure = { kind: "unsendable", message: (error as Error).message } as const;
      return this.keep({ ...subject, request: sent, durationMs: took(), headersMs: took(), failure });
    }
    const sent = sentRequest(request, made);
    if (this.ended) {
      const failure = { kind: "stopped", message: "The run ended before." } as const;
      return { ...subject, request: sent, durationMs: 0, headersMs: 0, failure };
    }
    let headersMs: number | undefined;
    const limit = this.#limit();
    try {
      const response = await fetch(request, { signal: limit.signal });
      const operation = findOperation(this.description, made.operationId);
      const answer = await readAnswer(response, {
        events: this.settings.maxEvents,
        isTerminal: terminalOf(operation) ?? (() => false),
        onHeaders: () => {
          headersMs = took();
        },
        timedOut: () => limit.signal.aborted,
      });
      this.#unanswered = 0;
      return this.keep({ ...subject, request: sent, durationMs: took(), headersMs: headersMs ?? took(), answer });
    } catch (error) {
      const failure = this.#failureOf(error, limit.timedOut());
      if (failure.kind !== "stopped") this.#unanswered++;
      return this.keep({ ...subject, request: sent, durationMs: took(), headersMs: headersMs ?? took(), failure });
    } finally {
      limit.clear();
    }
  }

  /** Keeps an exchange; of a long body the beginning. */
  keep(exchange: Exchange): Exchange {
    const { answer } = exchange;
    const isLong = answer !== undefined && answer.body.length > KEPT;
    this.log.push(isLong ? { ...exchange, answer: { ...answer, body: answer.body.slice(0, KEPT) } } : exchange);
    return exchange;
  }

  async #pause(): Promise<void> {
    while (performance.now() < this.#pausedUntil && !this.ended) {
      const wait = Math.min(this.#pausedUntil, this.#deadline) - performance.now();
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.max(1, wait));
        const stop = () => {
          clearTimeout(timer);
          resolve();
        };
        this.#stop.signal.addEventListener("abort", stop, { once: true });
      });
    }
  }

  #waitOf({ answer }: Exchange): number {
    const asked = answer?.headers.get(this.retryAfterHeader) ?? answer?.headers.get("retry-after") ?? "";
    const seconds = /^\d+$/.test(asked) ? Number(asked) : (Date.parse(asked) - Date.now()) / 1000;
    return Number.isFinite(seconds) ? Math.min(LONGEST_WAIT, Math.max(0, seconds * 1000)) : 500;
  }

  #limit() {
    const controller = new AbortController();
    let timedOut = false;
    const left = this.#deadline - performance.now();
    const timer = setTimeout(
      () => {
        // A timer can be a little early, so the clock would not tell which of the two limits it was.
        if (left > this.settings.timeoutMs) timedOut = true;
        else this.#isSpent = true;
        controller.abort();
      },
      Math.min(this.settings.timeoutMs, left),
    );
    const stop = () => controller.abort();
    this.#stop.signal.addEventListener("abort", stop, { once: true });
    return {
      signal: controller.signal,
      timedOut: () => timedOut,
      clear: () => {
        clearTimeout(timer);
        this.#stop.signal.removeEventListener("abort", stop);
      },
    };
  }

  #failureOf(error: unknown, timedOut: boolean): Failure {
    if (this.#stop.signal.aborted || this.#isSpent || performance.now() >= this.#deadline) {
      return { kind: "stopped", message: "The run ended meanwhile." };
    }
    if (timedOut) {
      return { kind: "timeout", message: `No complete answer came within ${this.settings.timeoutMs} ms.` };
    }
    return { kind: "connection", message: `The connection failed: ${causeOf(error)}.` };
  }
}

function sentRequest(request: Request, made: Case): SentRequest {
  const body = bodyText(made);
  const { method, url } = request;
  return { method, url, headers: [...request.headers], ...(body === undefined ? {} : { body }) };
}

function bodyText({ body, contentType }: Case): string | undefined {
  if (body === undefined || contentType === undefined) return undefined;
  if (isJson(contentType) || contentType.startsWith("multipart/")) return JSON.stringify(body);
  if (contentType.startsWith("application/x-www-form-urlencoded") && typeof body === "object" && body !== null) {
    const pairs = Object.entries(body).flatMap(([name, value]) => [value].flat().map((item) => [name, text(item)]));
    return new URLSearchParams(pairs).toString();
  }
  return text(body);
}
