import type { OperationDescriptor } from "./descriptors.js";
import { ApiStreamError, ApiTimeoutError } from "./errors.js";
import type { OpenStream } from "./event-stream.js";
import type { CallArguments, ClientOptions, RequestOptions } from "./options.js";
import { type RetryOptions, type RetryPolicy, retryDelay, retryPolicy } from "./retry.js";
import { untilAborted } from "./signals.js";
import { timeLimits } from "./timeouts.js";
import type { Seams } from "./transport.js";

/** How a stream is opened again. @internal */
export interface ResumptionFacts<Event> {
  /** How often it may break in a row without a new event between, and how long to wait. */
  readonly retry: RetryPolicy;
  /** At least 0, less than 1. */
  random(): number;
  /** Waits, unless the call is over before. */
  wait(ms: number): Promise<void>;
  /** Opens the stream behind an event. @param id the event's; `undefined` if there was none yet. */
  open(id: string | undefined): Promise<OpenStream<Event>>;
}

/** Continues a stream of events that broke off, where the server keeps the events. @internal */
export class Resumption<Event> {
  readonly #facts: ResumptionFacts<Event>;
  #lastId: string | undefined;
  #failures = 0;

  constructor(facts: ResumptionFacts<Event>) {
    this.#facts = facts;
  }

  /** Notes an event. @returns whether it is new: a server that does not know where to go on sends old ones again. */
  note(id: string | undefined): boolean {
    // Without an id it does not move the place to go on from, and a server may send it anew on every connection.
    if (id === undefined) return true;
    if (this.#lastId !== undefined && !isBehind(this.#lastId, id)) return false;
    this.#lastId = id;
    this.#failures = 0;
    return true;
  }

  /**
   * Opens the stream again.
   *
   * @param cut what it broke with.
   * @throws the same if it cannot be continued, or has broken too often; what opening it throws otherwise.
   */
  async after(cut: unknown): Promise<OpenStream<Event>> {
    const { retry, random, wait, open } = this.#facts;
    const isLost = cut instanceof ApiStreamError ? cut.event === undefined : isSilence(cut);
    this.#failures += 1;
    if (!isLost || this.#failures >= retry.attempts) throw cut;
    await wait(retryDelay(retry, this.#failures, undefined, random()) ?? 0);
    return open(this.#lastId);
  }
}

/** A connection that died without a word, as they do when a laptop sleeps. */
function isSilence(cut: unknown): boolean {
  return cut instanceof ApiTimeoutError && cut.budget === "idle";
}

/** Whether an id stands behind another in a sequence such as `a:1`, `a:2`. Ids of another form are all new. */
function isBehind(last: string, id: string): boolean {
  const [, lastName, lastNumber] = /^(.*?)(\d+)$/s.exec(last) ?? [];
  const [, name, number] = /^(.*?)(\d+)$/s.exec(id) ?? [];
  if (name === undefined || name !== lastName) return id !== last;
  return BigInt(number ?? 0) > BigInt(lastNumber ?? 0);
}

/** A call that is answered with a stream. @internal */
export interface StreamCall {
  readonly operation: OperationDescriptor;
  readonly args: CallArguments;
  readonly options: RequestOptions | undefined;
  /** Aborted when nobody wants the stream any more. */
  readonly ended: AbortSignal;
}

/** How a stream goes on that breaks; `undefined` if the API does not keep its events. @internal */
export function resumptionOf<Event>(
  { operation: { resume }, args, options = {}, ended }: StreamCall,
  client: {
    /** The API's own advice. */
    readonly retry: RetryOptions | undefined;
    readonly defaults: ClientOptions;
    readonly seams: Seams;
    open(args: CallArguments, options: RequestOptions): Promise<OpenStream<Event>>;
  },
): Resumption<Event> | undefined {
  if (resume === undefined) return undefined;
  const { now, random, sleep } = client.seams;
  const params = { ...args.params };
  const deadline = now() + timeLimits(client.defaults.timeouts, options.timeouts).total;
  return new Resumption<Event>({
    retry: retryPolicy(client.retry, client.defaults.retry, options.retry),
    random,
    // Whatever ends the wait ends the request after it, with its own error.
    wait: (ms) => {
      const wait = sleep(ms, ended);
      return (options.signal ? untilAborted(wait, options.signal) : wait).catch(() => {});
    },
    open: (id) => {
      const behind = id === undefined ? params : { ...params, [resume]: id };
      const timeouts = { ...options.timeouts, total: Math.max(1, deadline - now()) };
      return client.open({ ...args, params: behind }, { ...options, timeouts });
    },
  });
}
