/** Hears of what a client does. `console` fits. Neither headers nor bodies are logged, and URLs have no secrets in them. */
export interface Logger {
  debug(message: string, details?: Readonly<Record<string, unknown>>): void;
  info(message: string, details?: Readonly<Record<string, unknown>>): void;
  warn(message: string, details?: Readonly<Record<string, unknown>>): void;
  error(message: string, details?: Readonly<Record<string, unknown>>): void;
}

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

  constructor(api: string, logger: Logger | undefined) {
    this.#api = api;
    this.#logger = logger;
  }

  /** A request is about to be sent. */
  request(attempt: LoggedAttempt): void {
    this.#logger?.debug(`${this.#api} ${attempt.method} ${attempt.url}`, { ...attempt });
  }

  /** The headers of an answer have come. */
  answer(attempt: LoggedAttempt, status: number, ms: number): void {
    this.#logger?.debug(`${this.#api} ${attempt.method} ${attempt.url} answered ${status} in ${ms} ms`, {
      ...attempt,
      status,
      ms,
    });
  }

  /** A request is going to be sent again. @param because what went wrong, such as `answered 503`. */
  retry(attempt: LoggedAttempt, because: string, waitMs: number): void {
    const when = `in ${Math.round(waitMs)} ms`;
    this.#logger?.warn(`${this.#api} ${attempt.method} ${attempt.url} ${because}, sending it again ${when}`, {
      ...attempt,
      waitMs,
    });
  }
}
