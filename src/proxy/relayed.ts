import type { KeptBody } from "./kept-body.js";

/** An exchange that passes through a relay. It grows while it goes on. */
export interface Relayed {
  readonly request: {
    readonly method: string;
    /** The path and the query as the client sent them. */
    readonly path: string;
    /** The address at the server. */
    readonly url: string;
    readonly headers: readonly (readonly [string, string])[];
    readonly body: KeptBody;
  };
  readonly started: Date;
  /** As `performance.now()` tells it. */
  readonly startMs: number;
  answer?: {
    readonly status: number;
    readonly statusText: string;
    readonly headers: readonly (readonly [string, string])[];
    readonly body: KeptBody;
    /** Milliseconds from the request to the headers. */
    readonly headersMs: number;
  };
  /** `broken`: by the server, within the answer; `left`: by the client; `unanswered`: nothing came from the server. */
  end?: "end" | "broken" | "left" | "unanswered";
  /** Why nothing came. */
  failure?: string;
  /** Milliseconds in all, once it has ended. */
  durationMs?: number;
}
