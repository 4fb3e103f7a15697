import type { Deprecation } from "./deprecation.js";
import type { Exchange } from "./exchange.js";
import { isJson, mask } from "./redact.js";

/**
 * Hears of what a client does. `console` fits. Headers are never logged, bodies only at `debug`, and neither URLs nor bodies
 * have secrets in them.
 */
export interface Logger {
  debug(message: string, details?: Readonly<Record<string, unknown>>): void;
  info(message: string, details?: Readonly<Record<string, unknown>>): void;
  warn(message: string, details?: Readonly<Record<string, unknown>>): void;
  error(message: string, details?: Readonly<Record<string, unknown>>): void;
}

/**
 * What a logger hears. `warn`: retries and deprecations. `info`: each request and its answer, too. `debug`: also their
 * bodies in JSON, with the secrets masked that the description marks and that are named like one.
 */
export type LogLevel = "debug" | "info" | "warn";

const levels: readonly LogLevel[] = ["debug", "info", "warn"];

/** One attempt at a request, as it is logged. @internal */
export interface LoggedAttempt {
  readonly operation: string | undefined;
  readonly method: string;
  readonly url: string;
  readonly attempt: number;
}

/** Writes a client's log lines. @internal */
export class RequestLog {
  readonly #api: string;
  readonly #logger: Logger | undefined;
  readonly #least: number;

  /** @throws a `TypeError` for a level that there is not. */
  constructor(api: string, logger: Logger | undefined, level: LogLevel = "warn") {
    if (!levels.includes(level))
      throw new TypeError(`logLevel must be one of ${levels.join(", ")}, but it is ${level}.`);
    this.#api = api;
    this.#logger = logger;
    this.#least = levels.indexOf(level);
  }

  /** A request is about to be sent. */
  request(exchange: Exchange): void {
    this.#attempt("info", exchange, "", {});
  }

  /** The headers of an answer have come. */
  answer(exchange: Exchange, status: number, ms: number): void {
    this.#attempt("info", exchange, ` answered ${status} in ${ms} ms`, { status, ms });
  }

  /** A request is going to be sent again. @param outcome what went wrong. */
  retry(exchange: Exchange, outcome: Response | Error, waitMs: number): void {
    const when = `in ${Math.round(waitMs)} ms`;
    this.#attempt("warn", exchange, ` ${describe(outcome)}, sending it again ${when}`, { waitMs });
  }

  /** A request is not sent again, because too many were. */
  budgetSpent(exchange: Exchange, outcome: Response | Error): void {
    this.#attempt("warn", exchange, ` ${describe(outcome)}, and the retry budget is spent`, {});
  }

  /** An answer tells that its operation is going to end. */
  deprecation({ deprecated, sunset, link, ...facts }: Deprecation): void {
    const end = sunset === undefined ? "" : ` and ends on ${sunset.toISOString().slice(0, 10)}`;
    const more = link === undefined ? "" : `, see ${link}`;
    this.#write("warn", `${facts.method} ${facts.path} is deprecated${end}${more}`, {
      ...facts,
      deprecated,
      sunset,
      link,
    });
  }

  /** The body of a request or an answer. Bytes, files and forms are passed over. */
  body(kind: "request" | "answer", exchange: Exchange, body: unknown): void {
    if (!this.#hears("debug") || body === undefined || !isJson(body)) return;
    const isSecret = kind === "answer" && exchange.secret;
    this.#attempt("debug", exchange, `: body of the ${kind}`, { body: isSecret ? mask : exchange.printableBody(body) });
  }

  #hears(level: LogLevel): boolean {
    return this.#logger !== undefined && levels.indexOf(level) >= this.#least;
  }

  #attempt(level: LogLevel, exchange: Exchange, what: string, more: object): void {
    if (!this.#hears(level)) return;
    const attempt = exchange.logged();
    this.#write(level, `${attempt.method} ${attempt.url}${what}`, { ...attempt, ...more });
  }

  #write(level: LogLevel, message: string, details: Readonly<Record<string, unknown>>): void {
    if (this.#hears(level)) this.#logger?.[level](`${this.#api} ${message}`, details);
  }
}

function describe(outcome: Response | Error): string {
  if (outcome instanceof Response) return `answered ${outcome.status}`;
  return outcome.name === "ApiTimeoutError" ? "was not answered in time" : "was not answered";
}
