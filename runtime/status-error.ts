import { ApiError, type ApiErrorInit, nameErrors } from "./errors.js";
import type { RateLimit } from "./rate-limit.js";

/** What an {@link ApiStatusError} is made from. */
export interface ApiStatusErrorInit extends ApiErrorInit {
  readonly status: number;
  readonly code: string | undefined;
  readonly body: unknown;
  readonly headers: Headers;
  readonly requestId: string | undefined;
  readonly rateLimit: RateLimit | undefined;
  readonly retryAfterMs: number | undefined;
}

/** The API answered, and not with success: any status outside 200 to 299. */
export class ApiStatusError extends ApiError {
  /** The HTTP status. */
  readonly status: number;
  /** The API's own code, where the body has one. */
  readonly code: string | undefined;
  /**
   * The body: JSON as a value, anything else as text of at most 4,096 characters, `undefined` if it is empty or broke
   * off. It is as the server sent it, so it is not printed with the error.
   */
  declare readonly body: unknown;
  /** The answer's headers. They are as the server sent them, so they are not printed with the error. */
  declare readonly headers: Headers;
  /** The id by which the API knows the request. */
  readonly requestId: string | undefined;
  /** The state of the rate limit after this request. */
  readonly rateLimit: RateLimit | undefined;
  /** How long the server asks to wait before the next attempt, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  static {
    nameErrors(ApiStatusError, "ApiStatusError");
  }

  constructor(init: ApiStatusErrorInit) {
    super(init);
    this.status = init.status;
    this.code = init.code;
    this.requestId = init.requestId;
    this.rateLimit = init.rateLimit;
    this.retryAfterMs = init.retryAfterMs;
    // Consoles and JSON.stringify skip what is not enumerable; an echoed secret must not reach a log that way.
    Object.defineProperty(this, "body", { value: init.body });
    Object.defineProperty(this, "headers", { value: init.headers });
  }
}

/** An unsuccessful answer that the API documents. Comparing `status` or `code` narrows a union of these. */
export interface DocumentedError<Status extends number, Code extends string | undefined, Body> extends ApiStatusError {
  readonly status: Status;
  readonly code: Code;
  readonly body: Body;
}

/** A class of errors, so that `instanceof` narrows to a union. */
export interface ErrorClass<E extends ApiStatusError> {
  new (init: ApiStatusErrorInit): E;
  readonly prototype: E;
}

/**
 * Makes the class of an API's documented errors.
 *
 * The type argument is a promise: the client only makes instances for a status and code that the description
 * documents, and takes the body to be as described.
 */
export function documentedErrorClass<E extends ApiStatusError>(name: string): ErrorClass<E> {
  const Documented = { [name]: class extends ApiStatusError {} }[name] ?? ApiStatusError;
  nameErrors(Documented, name);
  return Documented as unknown as ErrorClass<E>;
}
