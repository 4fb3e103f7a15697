import type { Client } from "openapi-fetch";
import { answerOf, type Received, readAnswer, responseError, statusError } from "./answer.js";
import { byPath } from "./by-path.js";
import { readText } from "./bytes.js";
import { type ClientDefaults, placeArguments } from "./call.js";
import type { CookieJar } from "./cookies.js";
import type { ApiDescriptor, OperationDescriptor } from "./descriptors.js";
import { ApiConnectionError } from "./errors.js";
import type { EventStream, OpenStream } from "./event-stream.js";
import { mergeHeaders } from "./headers.js";
import { Kernel, type KernelResult } from "./kernel.js";
import type { Login } from "./login.js";
import type { CallArguments, ClientOptions, RequestOptions } from "./options.js";
import type { PagePromise } from "./pages.js";
import type { Parts } from "./parts.js";
import { type Answer, ApiPromise } from "./promise.js";
import type { Caller } from "./resource.js";
import type { AuthenticationByScheme } from "./security.js";
import { realSeams, type Seams } from "./transport.js";

/** What an API's entry point makes of its own options. */
export interface ApiClientOptions extends ClientOptions {
  /**
   * Adds the credential; default: requests carry none. By name of the security scheme, or one for every operation that
   * takes a credential at all.
   */
  readonly authentication?: AuthenticationByScheme | undefined;
  /** Values for parameters and fields that calls leave out, by the name of the option. */
  readonly defaults?: ClientDefaults | undefined;
  /** Keeps the cookies that the server sets, to send them back; default: they are passed over. */
  readonly cookies?: CookieJar | undefined;
}

/** The base of every API's client. */
export class ApiClient<Paths extends {}> implements Caller {
  /**
   * openapi-fetch's client, typed by the API's paths, with this client's credential, middleware, retries and time
   * budgets. Beside openapi-fetch's own options, a call takes `retry` and `timeouts`. An unsuccessful answer comes back
   * as `error`, as openapi-fetch has it, an {@link ApiStatusError} if it has no body; a call without an answer, or with
   * one that is not JSON, throws an {@link ApiError}.
   */
  readonly fetch: Client<Paths>;
  readonly #api: ApiDescriptor;
  readonly #defaults: ClientDefaults;
  readonly #kernel: Kernel;
  readonly #options: ApiClientOptions;
  readonly #seams: Seams;

  /**
   * @param seams stand in for the clock and for chance in tests. @internal
   * @throws a `TypeError` for options that make no sense.
   */
  constructor(api: ApiDescriptor, options: ApiClientOptions, seams: Partial<Seams> = {}) {
    this.#api = api;
    this.#defaults = { ...options.defaults };
    this.#options = options;
    this.#seams = { ...realSeams, ...seams };
    this.#kernel = new Kernel(api, options, this.#seams);
    this.fetch = byPath<Paths>(this.#kernel);
  }

  /** What `JSON.stringify` prints: which API this is a client of, and nothing of its settings. */
  toJSON(): { readonly api: string } {
    return { api: this.#api.name };
  }

  /**
   * Calls an operation. Generated methods are made of this.
   *
   * The promise is rejected with an {@link ApiError}, or with a `TypeError` if the arguments cannot be sent.
   *
   * @internal
   */
  call<T>(operation: OperationDescriptor, args: CallArguments, options?: RequestOptions): ApiPromise<T> {
    return new ApiPromise(this.#send<T>(operation, args, options));
  }

  /**
   * Calls an operation whose answers are pages. Generated methods are made of this.
   *
   * @throws a `TypeError` if the operation has no pages.
   * @internal
   */
  list<Item, Page>(
    operation: OperationDescriptor,
    args: CallArguments,
    options?: RequestOptions,
  ): PagePromise<Item, Page> {
    const { pagination } = operation;
    if (!pagination) throw new TypeError(`${operation.id} has no pages.`);
    // The caller may go on to change the object while pages are still to come.
    const params: Record<string, unknown> = { ...args.params };
    const given = Number(params[pagination.page] ?? 1);
    return new (this.#part("PagePromise"))<Item, Page>({
      pagination,
      firstPage: Number.isInteger(given) ? given : 1,
      first: this.#send<Page>(operation, args, options),
      load: (page) => this.#send<Page>(operation, { ...args, params: { ...params, [pagination.page]: page } }, options),
      fail: ({ body, exchange, response }, problem) =>
        responseError(this.#kernel.received(exchange, response), JSON.stringify(body), problem),
    });
  }

  /**
   * Calls an operation whose answer is a stream of events. Generated methods are made of this.
   *
   * @internal
   */
  stream<Event>(operation: OperationDescriptor, args: CallArguments, options?: RequestOptions): EventStream<Event> {
    const { EventStream, resumptionOf } = this.#part("streams");
    const ended = new AbortController();
    const opened = this.#open<Event>(operation, args, options, ended.signal);
    const resumption = resumptionOf<Event>(
      { operation, args, options, ended: ended.signal },
      {
        retry: this.#api.retry,
        defaults: this.#options,
        seams: this.#seams,
        open: (...again) => this.#open(operation, ...again, ended.signal),
      },
    );
    return new EventStream<Event>(opened, ended, resumption);
  }

  /**
   * Logs in when the server answers 401, and sends the request again. The login's own operation must need no session.
   */
  protected logInWith(login: Login): void {
    this.#kernel.logInWith(login);
  }

  /** A part of the runtime that generated clients name if their operations need it. */
  #part<Name extends keyof Parts>(name: Name): NonNullable<Parts[Name]> {
    const part = this.#api.parts?.[name];
    if (part === undefined) throw new TypeError(`${this.#api.name} names no \`${name}\` among its parts.`);
    return part;
  }

  async #open<Event>(
    operation: OperationDescriptor,
    args: CallArguments,
    options: RequestOptions | undefined,
    ended: AbortSignal,
  ): Promise<OpenStream<Event>> {
    const { body, received } = await this.#request(operation, args, options, ended);
    return this.#part("streams").openStream<Event>(operation, body, received);
  }

  async #send<T>(operation: OperationDescriptor, args: CallArguments, options?: RequestOptions): Promise<Answer<T>> {
    const isLive = operation.answer === "bytes" || operation.answer === "json-or-stream";
    const ended = isLive ? new AbortController() : undefined;
    const { body, received } = await this.#request(operation, args, options, ended?.signal);
    const resolved = (data: unknown) => answerOf(data as T, undefined, received);
    if (ended && operation.answer === "bytes")
      return resolved(new (this.#part("Download"))(received.response, body, ended));
    const streams = ended && this.#part("streams");
    if (ended && streams?.isEventStream(received.response))
      return resolved(new streams.EventStream(streams.openStream(operation, body, received), ended));
    const { exchange } = received;
    const answer = readAnswer<T>(operation, body ? await readText(exchange.openBody(body)) : "", received);
    this.#kernel.logAnswer(exchange, answer.body);
    return answer;
  }

  /** @returns a successful answer; its body is `undefined` if it is empty. */
  async #request(
    operation: OperationDescriptor,
    args: CallArguments,
    { signal, headers, retry, timeouts }: RequestOptions = {},
    ended: AbortSignal | undefined,
  ): Promise<{ readonly body: ReadableStream<Uint8Array> | undefined; readonly received: Received }> {
    const exchange = this.#kernel.exchange(operation.method, operation.path, operation);
    const placed = placeArguments(this.#api, operation, args, this.#defaults);
    exchange.hide(exchange.redactor.secretsIn([args.path, args.params, args.body]));
    const own = { parseAs: "stream", signal, ended, headers: mergeHeaders(placed.headers, headers), retry, timeouts };
    const write = operation.body === "form" ? this.#part("writeForm") : undefined;
    const body = write ? await write(placed.body, operation, exchange, signal) : placed.body;
    const init = { ...own, params: placed.params, body };
    let result: KernelResult;
    try {
      result = await this.#kernel.request(exchange, operation.path, init, operation);
    } catch (error) {
      // The status says more than that the connection broke off after it.
      const { response } = exchange;
      if (!(error instanceof ApiConnectionError) || response === undefined || response.ok) throw error;
      throw statusError(undefined, this.#kernel.received(exchange, response), error);
    }
    const received = this.#kernel.received(exchange, result.response);
    // A file that is the one which the caller has already is no failure.
    if (operation.answer === "bytes" && result.response.status === 304) return { body: undefined, received };
    if (!result.response.ok) {
      const error = statusError(result.error, received);
      if (typeof result.error !== "string") this.#kernel.logAnswer(exchange, result.error);
      throw error;
    }
    return { body: (result.data ?? undefined) as ReadableStream<Uint8Array> | undefined, received };
  }
}
