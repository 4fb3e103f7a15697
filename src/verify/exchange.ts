import type { Case, StreamEvent } from "../testing/index.js";

/** A request as it was sent. */
export interface SentRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  /** The body as text; of a form with files only what can be told of it. */
  readonly body?: string;
}

/** How the reading of a body ended. */
export type BodyEnd =
  /** The server ended it. */
  | "end"
  /** An event came that ends a stream. */
  | "terminal"
  /** As much was read as was wanted: events, bytes, or for as long. */
  | "limit"
  /** The connection broke. */
  | "broken";

/** An answer, read as far as was wanted. */
export interface Answer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;
  /** What came; for a long stream its beginning. */
  readonly body: Uint8Array;
  readonly end: BodyEnd;
  /** Set for an event stream. */
  readonly events?: readonly StreamEvent[];
  /** So many of the first events were judged when they came. */
  readonly judged?: number;
  /** The characters after the last whole event. */
  readonly rest?: string;
}

/** Why no answer came. */
export interface Failure {
  /** `stopped`: the run was ended meanwhile, which says nothing about the server. */
  readonly kind: "timeout" | "connection" | "stopped" | "unsendable";
  readonly message: string;
}

/** A request and what came of it. */
export interface Exchange {
  readonly operationId: string;
  /** The case that was sent. */
  readonly made: Case;
  /** What it was for: the id of a case, or a step such as `read what was created`. */
  readonly label: string;
  readonly request: SentRequest;
  readonly started: Date;
  /** From sending to the end of reading, in milliseconds. */
  readonly durationMs: number;
  /** From sending to the headers of the answer, in milliseconds. */
  readonly headersMs: number;
  readonly answer?: Answer;
  readonly failure?: Failure;
}

/** The JSON of an answer, or `undefined` if it holds none. */
export function jsonOf({ answer }: Exchange): unknown {
  if (!answer) return undefined;
  try {
    return JSON.parse(new TextDecoder().decode(answer.body));
  } catch {
    return undefined;
  }
}

/** Whether an answer came with a 2xx status. */
export function succeeded({ answer }: Exchange): boolean {
  return answer !== undefined && answer.status >= 200 && answer.status < 300;
}
