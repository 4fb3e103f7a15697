import type { Exchange } from "./exchange.js";
import type { RateLimit } from "./rate-limit.js";

/** A payload together with the answer that it came in. */
export interface WithResponse<T> {
  /** The payload, out of its envelope. */
  readonly data: T;
  /** The answer: status, headers, URL. Its body has been read. */
  readonly response: Response;
  /** The id by which the API knows the request. */
  readonly requestId: string | undefined;
  /** The state of the rate limit after this request. */
  readonly rateLimit: RateLimit | undefined;
}

/** An answer that was understood, with the whole body around the payload. @internal */
export interface Answer<T> extends WithResponse<T> {
  readonly body: unknown;
  readonly exchange: Exchange;
}

/** The promise of a payload. The request is sent once and at once, whether or not anybody waits for the promise. */
export class ApiPromise<T> implements Promise<T> {
  readonly #answer: Promise<Answer<T>>;

  get [Symbol.toStringTag](): string {
    return "ApiPromise";
  }

  /** @internal */
  constructor(answer: Promise<Answer<T>>) {
    this.#answer = answer;
  }

  /** The payload with the answer's status, headers, request id and rate limit. Nothing is sent for it. */
  async withResponse(): Promise<WithResponse<T>> {
    const { data, response, requestId, rateLimit } = await this.#answer;
    return { data, response, requestId, rateLimit };
  }

  // biome-ignore lint/suspicious/noThenProperty: this is a promise.
  then<Fulfilled = T, Rejected = never>(
    onFulfilled?: ((value: T) => Fulfilled | PromiseLike<Fulfilled>) | null,
    onRejected?: ((reason: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<Fulfilled | Rejected> {
    return this.#answer.then(({ data }) => data).then(onFulfilled, onRejected);
  }

  catch<Rejected = never>(
    onRejected?: ((reason: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<T | Rejected> {
    return this.then(undefined, onRejected);
  }

  finally(onFinally?: (() => void) | null): Promise<T> {
    return this.then().finally(onFinally);
  }
}
