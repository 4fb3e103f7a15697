import createClient, { defaultBodySerializer, type Middleware } from "openapi-fetch";
import { acceptOf } from "./accept.js";
import type { Received } from "./answer.js";
import { checkBaseUrl } from "./base-url.js";
import type { CookieJar } from "./cookies.js";
import type { ApiDescriptor, OperationDescriptor } from "./descriptors.js";
import { Exchange } from "./exchange.js";
import { type HeadersInput, mergeHeaders } from "./headers.js";
import { RequestLog } from "./logging.js";
import type { Login } from "./login.js";
import { Notices } from "./notices.js";
import type { ClientOptions, RequestOptions } from "./options.js";
import { serializePath } from "./paths.js";
import { Redactor } from "./redact.js";
import { isReplayable, recorder } from "./requests.js";
import { isSafe, retryPolicy } from "./retry.js";
import { RetryBudget } from "./retry-budget.js";
import { type AuthenticationByScheme, chooseAuthentication, sensitiveNames } from "./security.js";
import { timeLimits } from "./timeouts.js";
import { type Seams, Transport } from "./transport.js";

/** What openapi-fetch resolves to. @internal */
export interface KernelResult {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}

/** openapi-fetch passes the headers too, though its types do not say so: forms are told from JSON by them. */
type BodySerializer = (body: unknown, headers: unknown) => unknown;

/** openapi-fetch's options of a call, together with this package's own. @internal */
export interface KernelInit extends RequestOptions {
  readonly fetch?: typeof globalThis.fetch;
  readonly bodySerializer?: BodySerializer;
  readonly middleware?: readonly Middleware[];
  /** Ends the call, as the caller's signal does. */
  readonly ended?: AbortSignal | undefined;
  readonly [option: string]: unknown;
}

/** openapi-fetch's client without the types of an API, which the generated methods have checked already. */
interface UntypedClient {
  request(method: string, path: string, init: Record<string, unknown>): Promise<KernelResult>;
  use(...middleware: Middleware[]): void;
  eject(...middleware: Middleware[]): void;
}

interface KernelOptions extends ClientOptions {
  readonly authentication?: AuthenticationByScheme | undefined;
  readonly cookies?: CookieJar | undefined;
}

/** openapi-fetch on top of this package's transport. Both kinds of call go through it. @internal */
export class Kernel {
  readonly #descriptor: ApiDescriptor;
  readonly #options: KernelOptions;
  /** By method and path template. */
  readonly #operations: ReadonlyMap<string, OperationDescriptor>;
  readonly #baseUrl: string;
  readonly #redactor: Redactor;
  readonly #transport: Transport;
  readonly #log: RequestLog;
  readonly #seams: Seams;
  readonly #client: UntypedClient;
  readonly #middleware: Middleware[] = [];
  #login: Login | undefined;

  constructor(descriptor: ApiDescriptor, options: KernelOptions, seams: Seams) {
    const baseUrl = checkBaseUrl(options.baseUrl ?? descriptor.baseUrl);
    // Mistakes in the options show where they were made, not at the first call.
    retryPolicy(options.retry);
    timeLimits(options.timeouts);
    this.#descriptor = descriptor;
    this.#options = options;
    this.#baseUrl = baseUrl.href.replace(/\/+$/, "");
    const operations = Object.values(descriptor.operations ?? {});
    this.#operations = new Map(operations.map((operation) => [`${operation.method} ${operation.path}`, operation]));
    this.#redactor = new Redactor([...descriptor.sensitive, ...sensitiveNames(options.authentication)]);
    this.#seams = seams;
    this.#log = new RequestLog(descriptor.name, options.logger, options.logLevel);
    this.#transport = new Transport({
      api: descriptor,
      origin: baseUrl.origin,
      headers: mergeHeaders(options.headers),
      cookies: options.cookies,
      retryBudget: new RetryBudget(options.retryBudget),
      notices: new Notices(descriptor.rateLimit, options, this.#log),
      log: this.#log,
      seams,
    });
    this.#client = createClient({
      baseUrl: this.#baseUrl,
      pathSerializer: serializePath,
    }) as unknown as UntypedClient;
    this.use(...(options.middleware ?? []));
  }

  /** From now on, requests that need a session get one when the server asks for it. */
  logInWith(login: Login): void {
    this.#login = login;
  }

  /** @param operation absent for calls by path. */
  exchange(method: string, path: string, operation?: OperationDescriptor): Exchange {
    const { retrySafe, secret } = operation ?? this.#known(method.toUpperCase(), path) ?? {};
    return new Exchange({
      api: this.#descriptor.name,
      redactor: this.#redactor,
      operation: operation?.id,
      method: method.toUpperCase(),
      path,
      url: this.#baseUrl + path,
      safe: isSafe(method.toUpperCase(), retrySafe),
      secret,
    });
  }

  /** @param operation absent for calls by path. */
  async request(
    exchange: Exchange,
    path: string,
    init: KernelInit,
    operation?: OperationDescriptor,
  ): Promise<KernelResult> {
    // The caller's signal is kept from openapi-fetch: the Request that it makes would leave a listener on the signal.
    const { signal, ended, retry, timeouts, headers, fetch = this.#options.fetch, bodySerializer, ...rest } = init;
    const writeBody: BodySerializer = bodySerializer ?? defaultBodySerializer;
    const isReadHere = operation !== undefined && operation.answer !== "bytes";
    const defaults: HeadersInput | undefined = operation && { accept: acceptOf(operation) };
    const { security = this.#descriptor.security } = operation ?? this.#known(exchange.method, path) ?? {};
    const sending = {
      exchange,
      // Looked up at each call, since tests and instrumentation replace the global.
      fetch: fetch ?? ((input: RequestInfo | URL) => globalThis.fetch(input)),
      authentication: chooseAuthentication(this.#options.authentication, security),
      login: security?.length === 0 ? undefined : this.#login,
      signals: [signal, ended],
      isReadHere: () => isReadHere && ![...this.#middleware, ...(rest.middleware ?? [])].some((one) => one?.onResponse),
      retry: retryPolicy(this.#descriptor.retry, this.#options.retry, retry),
      limits: timeLimits(this.#options.timeouts, timeouts),
    };
    this.#log.body("request", exchange, rest.body);
    const answer = this.#client.request(exchange.method, path, {
      ...rest,
      Request: rest.Request ?? recorder(exchange),
      headers: mergeHeaders(defaults, this.#options.headers, headers),
      bodySerializer: (...args: Parameters<BodySerializer>) => {
        const written = writeBody(...args);
        if (typeof written === "string") exchange.written = written;
        exchange.replayable = isReplayable(written);
        return written;
      },
      fetch: (request: Request) => this.#transport.send(request, sending),
    });
    return answer.catch((error) => Promise.reject(exchange.broken ?? error));
  }

  #known(method: string, path: string): OperationDescriptor | undefined {
    return this.#operations.get(`${method} ${path}`);
  }

  /** What reading an answer needs to know. */
  received(exchange: Exchange, response: Response): Received {
    return { api: this.#descriptor, exchange, response, now: this.#seams.now() };
  }

  /** @param body a JSON value. */
  logAnswer(exchange: Exchange, body: unknown): void {
    this.#log.body("answer", exchange, body);
  }

  /** Adds middleware to all calls to come. */
  readonly use = (...middleware: Middleware[]): void => {
    this.#middleware.push(...middleware);
    this.#client.use(...middleware);
  };

  /** Takes middleware away. */
  readonly eject = (...middleware: Middleware[]): void => {
    this.#client.eject(...middleware);
    for (const one of middleware) {
      const at = this.#middleware.indexOf(one);
      if (at >= 0) this.#middleware.splice(at, 1);
    }
  };
}
