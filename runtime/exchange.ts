import type { BodyReader } from "./bodies.js";
import { printableCause } from "./causes.js";
import { ApiAbortError, ApiConnectionError, type ApiErrorInit, ApiRedirectError, ApiTimeoutError } from "./errors.js";
import type { LoggedAttempt } from "./logging.js";
import { type Redactor, withoutSecrets } from "./redact.js";

/** What is known of one call while it runs: the context of its errors and of its log lines. @internal */
export class Exchange {
  readonly api: string;
  readonly redactor: Redactor;
  readonly operation: string | undefined;
  readonly method: string;
  /** The path template, or the path of a call by path. */
  readonly path: string;
  /** Whether the request may be sent again although the server may have acted on it. */
  readonly safe: boolean;
  /** Whether the whole answer is a secret. */
  readonly secret: boolean | undefined;
  /** Whether the body can be sent a second time. Known once it has been written. */
  replayable = true;
  /** The request as openapi-fetch made it of the arguments, and the text that its body was made of. */
  made: Request | undefined;
  written: string | undefined;
  /** How often the request was sent. */
  attempts = 0;
  /** The answer, once its headers have come. */
  response: Response | undefined;
  /** What ended the call before its time: the caller, or a time budget. */
  failure: Error | undefined;
  /** What the body of the answer broke with, which Chromium keeps from whoever reads it whole. */
  broken: Error | undefined;
  /** Opens the answer's body. What comes from the network keeps to the time budgets. */
  openBody = (body: ReadableStream<Uint8Array>): BodyReader => body.getReader();
  readonly #secrets = new Set<string>();
  #hidden: Iterable<string>[] = [];
  #url = "";
  #printableUrl: string | undefined;

  constructor(facts: {
    readonly api: string;
    readonly redactor: Redactor;
    readonly operation: string | undefined;
    readonly method: string;
    readonly path: string;
    readonly url: string;
    readonly safe: boolean;
    readonly secret: boolean | undefined;
  }) {
    this.api = facts.api;
    this.redactor = facts.redactor;
    this.operation = facts.operation;
    this.method = facts.method;
    this.path = facts.path;
    this.safe = facts.safe;
    this.secret = facts.secret;
    this.url = facts.url;
  }

  /** The URL with its secrets masked. */
  get url(): string {
    this.#printableUrl ??= withoutSecrets(this.redactor.url(this.#url), this.secrets);
    return this.#printableUrl;
  }

  set url(url: string) {
    this.#url = url;
    this.#printableUrl = undefined;
  }

  /** Keeps these out of everything that is printed from now on. */
  hide(secrets: Iterable<string>): void {
    for (const secret of secrets) this.#secrets.add(secret);
  }

  /** The same for what will not change: nobody looks for it until something is printed. */
  hideLater(secrets: Iterable<string>): void {
    this.#hidden.push(secrets);
  }

  /** What must not be printed, beside what is recognised by its name. */
  get secrets(): ReadonlySet<string> {
    for (const secrets of this.#hidden) this.hide(secrets);
    this.#hidden = [];
    return this.#secrets;
  }

  /** Foreign text, fit to be printed. @param limit in characters. */
  printable(text: string, limit = 200): string {
    return this.redactor.text(text, this.secrets, limit);
  }

  /** A JSON value, fit to be printed. */
  printableBody(body: unknown): unknown {
    return this.redactor.value(body, this.secrets);
  }

  /** The call's facts for a log line. */
  logged(): LoggedAttempt {
    return { operation: this.operation, method: this.method, url: this.url, attempt: this.attempts };
  }

  /** The call's facts for an error. */
  errorInit(message: string, isRetryable: boolean, cause?: unknown): ApiErrorInit {
    const { operation, method, url, attempts } = this;
    return { message, operation, method, url, attempts, isRetryable, cause: printableCause(cause, this.secrets) };
  }

  /** The error for a connection that failed, before or after the headers came. */
  connectionError(cause: unknown): ApiConnectionError {
    const what = this.response === undefined ? `No answer to ${this.method} ${this.url}` : "The answer broke off";
    return new ApiConnectionError(
      this.errorInit(`${this.api}: ${what}: ${this.printable(reasonOf(cause))}`, this.safe, cause),
    );
  }

  /** The error for a redirect that is not followed. @param what where to, or how: `to what is no web address`. */
  redirectError(what: string): ApiRedirectError {
    return new ApiRedirectError(
      this.errorInit(`${this.api}: ${this.method} ${this.url}: refused, since the server redirects ${what}`, false),
    );
  }

  /** The error for a time budget that is used up. */
  timeoutError(budget: "headers" | "idle" | "total", ms: number): ApiTimeoutError {
    const what = {
      headers: `no answer to ${this.method} ${this.url} within ${ms} ms`,
      idle: `the answer to ${this.method} ${this.url} stopped for ${ms} ms`,
      total: `${this.method} ${this.url} was not done within ${ms} ms`,
    }[budget];
    return new ApiTimeoutError({
      ...this.errorInit(`${this.api}: ${what} (timeouts.${budget})`, this.safe),
      budget,
    });
  }

  /** The error for a call that its caller ended. */
  abortError(reason: unknown): ApiAbortError {
    return new ApiAbortError(
      this.errorInit(`${this.api}: ${this.method} ${this.url} was aborted by the caller`, false, reason),
    );
  }
}

/** The innermost message: `fetch failed` says nothing, its cause says what happened. */
function reasonOf(cause: unknown, depth = 0): string {
  if (!(cause instanceof Error)) return typeof cause === "object" ? "an error of an unknown kind" : String(cause);
  // Causes may go round in a circle.
  if (cause.cause !== undefined && depth < 9) return reasonOf(cause.cause, depth + 1);
  return cause.message || ("code" in cause ? String(cause.code) : cause.name);
}
