/** What every error of a client is made from. */
export interface ApiErrorInit {
  /** One line, without credentials. */
  readonly message: string;
  /** The `operationId`; absent for calls by path. */
  readonly operation?: string | undefined;
  /** The HTTP method. */
  readonly method: string;
  /** The URL with its secrets masked. */
  readonly url: string;
  /** How often the request was sent. */
  readonly attempts: number;
  /** Whether sending the request again is harmless and may succeed. */
  readonly isRetryable: boolean;
  /** What the error was caused by. */
  readonly cause?: unknown;
}

/**
 * The base of all errors that a client raises for a call. Wrong arguments are a plain `TypeError` instead.
 *
 * Neither the error's message nor what `JSON.stringify` or a console prints of it has a credential in it.
 */
export class ApiError extends Error {
  /** The `operationId`; `undefined` for calls by path. */
  readonly operation: string | undefined;
  /** The HTTP method. */
  readonly method: string;
  /** The URL with its secrets masked. */
  readonly url: string;
  /** How often the request was sent; 0 if it was not sent at all. */
  readonly attempts: number;
  /** Whether sending the request again is harmless and may succeed. The client's own attempts are used up by then. */
  readonly isRetryable: boolean;

  static {
    nameErrors(ApiError, "ApiError");
  }

  constructor(init: ApiErrorInit) {
    super(init.message, init.cause === undefined ? undefined : { cause: init.cause });
    this.operation = init.operation;
    this.method = init.method;
    this.url = init.url;
    this.attempts = init.attempts;
    this.isRetryable = init.isRetryable;
  }

  /** What `JSON.stringify` prints: the error's own facts, without its cause. */
  toJSON(): Record<string, unknown> {
    return { name: this.name, message: this.message, ...Object.fromEntries(Object.entries(this)) };
  }
}

/** No answer came, or it broke off: the name is unknown, the connection was refused or reset, TLS failed. */
export class ApiConnectionError extends ApiError {
  static {
    nameErrors(ApiConnectionError, "ApiConnectionError");
  }
}

/**
 * The server redirected where the request must not go, or cannot: with its body to another origin, in circles, to what is
 * no web address, or out of sight in a browser. Nothing was sent there.
 */
export class ApiRedirectError extends ApiError {
  static {
    nameErrors(ApiRedirectError, "ApiRedirectError");
  }
}

/** A time budget was used up. */
export class ApiTimeoutError extends ApiError {
  /** Which budget; see {@link Timeouts}. */
  readonly budget: "headers" | "idle" | "total";

  static {
    nameErrors(ApiTimeoutError, "ApiTimeoutError");
  }

  constructor(init: ApiErrorInit & { readonly budget: "headers" | "idle" | "total" }) {
    super(init);
    this.budget = init.budget;
  }
}

/** The caller's signal ended the call; `cause` is the signal's reason. */
export class ApiAbortError extends ApiError {
  static {
    nameErrors(ApiAbortError, "ApiAbortError");
  }
}

/** A successful answer that could not be understood: it is not JSON, or not in the API's envelope. */
export class ApiResponseError extends ApiError {
  /** The HTTP status, always from 200 to 299. */
  readonly status: number;
  /** The `Content-Type` as it was sent. */
  readonly contentType: string | undefined;
  /** The beginning of the body on one line, at most 200 characters, secrets masked. */
  readonly snippet: string;

  static {
    nameErrors(ApiResponseError, "ApiResponseError");
  }

  constructor(
    init: ApiErrorInit & {
      readonly status: number;
      readonly contentType: string | undefined;
      readonly snippet: string;
    },
  ) {
    super(init);
    this.status = init.status;
    this.contentType = init.contentType;
    this.snippet = init.snippet;
  }
}

/**
 * A stream of events broke after it had begun: the connection failed, which is the `cause`, or an event's data is not
 * the JSON that the API documents. The events before it were good.
 */
export class ApiStreamError extends ApiError {
  /** The name of the event whose data is broken; `message` if it has none, `undefined` if the connection failed. */
  readonly event: string | undefined;
  /** The beginning of that data on one line, at most 200 characters, secrets masked. */
  readonly snippet: string | undefined;

  static {
    nameErrors(ApiStreamError, "ApiStreamError");
  }

  constructor(init: ApiErrorInit & { readonly event?: string | undefined; readonly snippet?: string | undefined }) {
    super(init);
    this.event = init.event;
    this.snippet = init.snippet;
  }
}

/**
 * Gives a class of errors its name.
 *
 * The name stands on the prototype, because a stack trace is written before a constructor's body runs, and it is
 * spelled out, because a minifier renames classes.
 *
 * @internal
 */
export function nameErrors(ErrorClass: { readonly prototype: Error }, name: string): void {
  Object.defineProperty(ErrorClass.prototype, "name", { value: name, configurable: true, writable: true });
}
