import type { Parts } from "./parts.js";
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
  /**
   * The API's own advice on sending requests again. `refusedDelayMs` is the wait after a 429 that asks for none, in
   * milliseconds.
   */
  readonly retry?: { readonly attempts?: number; readonly jitterMs?: number; readonly refusedDelayMs?: number };
  /** Whether a request that was refused with 429 is sent again whatever its method; default true. */
  readonly retryRefused?: boolean;
  /** Names of headers. `retryAfter` is a number of seconds, and may be the standard `Retry-After` too. */
  readonly rateLimit?: {
    readonly limit?: string;
    readonly remaining?: string;
    readonly reset?: string;
    /** What `reset` counts: seconds of Unix time, which is the default, or seconds from the answer on. */
    readonly resetUnit?: "unix-seconds" | "delta-seconds";
    readonly retryAfter?: string;
  };
  /**
   * The names of the security schemes that operations accept unless they say otherwise, in order of preference. Empty:
   * no credential is sent.
   */
  readonly security?: readonly string[];
  /** The documented statuses of unsuccessful answers, with the codes that go with each. */
  readonly errorCodes: Readonly<Record<number, ErrorCodes>>;
  /** The class for an unsuccessful answer whose status and code are documented. */
  readonly Error: new (
    init: ApiStatusErrorInit,
  ) => ApiStatusError;
  /** Names of the fields and parameters that are secrets. They are masked wherever anything is printed. */
  readonly sensitive: readonly string[];
  /** The parts of the runtime that the operations use, beside what all need. */
  readonly parts?: Parts;
  /** All operations, by which calls by path are recognised. The keys are of no meaning. */
  readonly operations?: Readonly<Record<string, OperationDescriptor>>;
}

/** The codes that an unsuccessful answer of some status may have. */
export interface ErrorCodes {
  readonly known?: readonly string[];
  /** Other codes may come as well. */
  readonly other?: boolean;
  /** There may be no code. */
  readonly none?: boolean;
}

/** One operation of an API, as data. Generated. */
export interface OperationDescriptor {
  /** The `operationId`. */
  readonly id: string;
  /** The HTTP method in capitals. */
  readonly method: string;
  /** The path template, such as `/api/v1/memories/{id}`. */
  readonly path: string;
  /**
   * The members of a call's fields that go into the query. Others go into the body, or into the query if there is none
   * that is made of fields.
   */
  readonly query?: readonly string[];
  /** The members of a call's fields that go into headers, with the names of the headers. */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * How the body is written. `json`: an object of the call's fields. `form`: the same as `multipart/form-data`. `whole`:
   * JSON of any kind, which the call gives apart from its fields. Absent: the operation has no body.
   */
  readonly body?: "json" | "form" | "whole";
  /** The fields of a form that are files. */
  readonly files?: readonly string[];
  /**
   * The names of the security schemes that the operation accepts, in order of preference. Empty: no credential is sent.
   * Absent: those of the API.
   */
  readonly security?: readonly string[];
  /**
   * What a successful answer is; default `json`. `text` resolves to the body as a string, `bytes` to a download,
   * `stream` is a stream of server-sent events, and for the others the answer's `Content-Type` tells.
   */
  readonly answer?: "json" | "text" | "bytes" | "stream" | "json-or-stream" | "json-or-text";
  /** The `Accept` header, where the kind of answer does not say enough. */
  readonly accept?: string;
  /**
   * What a stream yields; default `data`. `data`: each event's data, which is JSON. `event`: `{ event, data, id }` with
   * the event's name (`message` if it has none) and its id, if it has one. Empty data is passed over in the first case
   * and an empty string in the second.
   */
  readonly events?: "data" | "event";
  /** For `event`: the names of the events whose data is JSON; that of others stays a string. Absent: all. */
  readonly eventJson?: readonly string[];
  /**
   * For `event`: the events after which the server closes the stream, by name, or by name and members of their data. A
   * stream that ends without one broke off. Absent: it may end after any event.
   */
  readonly terminal?: readonly TerminalEvent[];
  /** The query parameter that takes the id of an event, for a stream that goes on behind it. Absent: no stream does. */
  readonly resume?: string;
  /** By name of a parameter or field, the client default that takes its place when a call leaves it out. */
  readonly defaults?: Readonly<Record<string, ClientDefault>>;
  /** The member of the envelope that is the payload. Absent: the whole body is. */
  readonly payload?: string;
  /** The envelope may come without its payload; the call then resolves to `undefined`. */
  readonly payloadOptional?: true;
  /** A successful answer may have no body; the call then resolves to `undefined`. */
  readonly bodyOptional?: true;
  /** The payload is nothing, so the call resolves to `undefined`. */
  readonly empty?: true;
  /** Whether the operation may be sent again though the server may have acted; default: if it is a `GET` or `HEAD`. */
  readonly retrySafe?: boolean;
  /** The whole answer is a secret: its body is not logged. */
  readonly secret?: boolean;
  /** How the operation's answers are divided into pages. */
  readonly pagination?: Pagination;
}

/** An event that ends a stream. */
export type TerminalEvent =
  | string
  | { readonly event: string; readonly when: Readonly<Record<string, string | number | boolean>> };

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
