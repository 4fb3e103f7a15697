import type { OperationDescriptor } from "./descriptors.js";
import type { EventStream } from "./event-stream.js";
import type { CallArguments, RequestOptions } from "./options.js";
import type { PagePromise } from "./pages.js";
import type { ApiPromise } from "./promise.js";

/** The part of a client that generated methods use. It is the same for every API, so it costs the type checker little. */
export interface Caller {
  /** Calls an operation. */
  call<T>(operation: OperationDescriptor, args: CallArguments, options?: RequestOptions): ApiPromise<T>;
  /** Calls an operation whose answers are pages. */
  list<Item, Page>(
    operation: OperationDescriptor,
    args: CallArguments,
    options?: RequestOptions,
  ): PagePromise<Item, Page>;
  /** Calls an operation whose answer is a stream of events. */
  stream<Event>(operation: OperationDescriptor, args: CallArguments, options?: RequestOptions): EventStream<Event>;
}

/** The base of the generated classes that group an API's methods, such as `memories`. */
export abstract class Resource {
  /** The client whose credentials and settings the methods use. */
  protected readonly client: Caller;

  constructor(client: Caller) {
    this.client = client;
  }
}
