import type { Answer, Failure } from "../exchange.js";

/** A request that somebody else has sent, and what came of it. */
export interface TrafficExchange {
  /** What it is called in findings: `exchange 12`. */
  readonly label: string;
  readonly method: string;
  readonly url: string;
  /** The path below the address of the API, as it was sent. */
  readonly path: string;
  readonly headers: readonly (readonly [string, string])[];
  /** The body, or its beginning. */
  readonly body: Uint8Array;
  /** Whether the body is there to its end. */
  readonly isWhole: boolean;
  readonly started: Date;
  readonly durationMs: number;
  readonly headersMs: number;
  readonly answer?: Answer;
  readonly failure?: Failure;
}
