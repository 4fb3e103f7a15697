import type { ApiStatusError, ApiStatusErrorInit } from "./status-error.js";

/** What an API's description says about the API, as data. Generated. */
export interface ApiDescriptor {
  /** The name of the client's class. */
  readonly name: string;
  /** The server that calls go to unless the constructor is given another. */
  readonly baseUrl: string;
  /** Where an answer carries its request id. A JSON pointer (RFC 6901) into the body comes before a header. */
  readonly requestId?: { readonly body?: string; readonly header?: string };
  /** JSON pointers (RFC 6901) into the body of an unsuccessful answer. */
  readonly error?: { readonly code?: string; readonly message?: string };
  /** Names of headers. `reset` is Unix time in seconds, `retryAfter` is a number of seconds. */
  readonly rateLimit?: {
    readonly limit?: string;
    readonly remaining?: string;
    readonly reset?: string;
    readonly retryAfter?: string;
  };
  /** The documented codes by status of an unsuccessful answer. An empty list documents the status without a code. */
  readonly errorCodes: Readonly<Record<number, readonly string[]>>;
  /** The class for an unsuccessful answer whose status and code are documented. */
  readonly Error: new (
    init: ApiStatusErrorInit,
  ) => ApiStatusError;
  /** Names of the fields and parameters that are secrets. They are masked wherever anything is printed. */
  readonly sensitive: readonly string[];
}

/** One operation of an API, as data. Generated. */
export interface OperationDescriptor {
  /** The `operationId`. */
  readonly id: string;
  /** The HTTP method in capitals. */
  readonly method: string;
  /** The path template, such as `/api/v1/memories/{id}`. */
  readonly path: string;
  /** The members of a call's fields that go into the query. Others go into the body, or the query if there is none. */
  readonly query?: readonly string[];
  /** How the body is written. Absent: the operation has no body. */
  readonly body?: "json";
  /** By name of a parameter or field, the client default that takes its place when a call leaves it out. */
  readonly defaults?: Readonly<Record<string, ClientDefault>>;
  /** The member of the envelope that is the payload. Absent: the whole body is. */
  readonly payload?: string;
  /** The envelope may come without its payload; the call then resolves to `undefined`. */
  readonly payloadOptional?: true;
  /** The payload is nothing, so the call resolves to `undefined`. */
  readonly empty?: true;
  /** The operation only reads, so it may be sent again even if its method is not `GET` or `HEAD`. */
  readonly retrySafe?: true;
  /** How the operation's answers are divided into pages. */
  readonly pagination?: Pagination;
}

/** Where a value goes that was given once to the constructor. */
export interface ClientDefault {
  readonly in: "path" | "query" | "body";
  /** The name of the constructor's option. */
  readonly option: string;
  /** The operation can do without the value, so that it is simply left out when nobody gives it. */
  readonly optional?: true;
}

/** Pages that are asked for by number. */
export interface Pagination {
  /** The query parameter that carries the page's number. */
  readonly page: string;
  /** The query parameter that carries the number of items on a page. */
  readonly limit: string;
  /** A JSON pointer (RFC 6901) to the items, into the whole body. */
  readonly items: string;
  /** A JSON pointer (RFC 6901) to the boolean that announces another page, into the whole body. */
  readonly hasNext: string;
}
