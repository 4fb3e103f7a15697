import type { Json } from "../json.js";
import type { ParameterLocation } from "../openapi.js";
import type { Evidence } from "../place.js";
import type { Pair } from "../serialize-parameter.js";

/** Which part of a request a case is about. */
export interface Target {
  readonly in: ParameterLocation | "body";
  /** The name of the parameter; missing for a body. */
  readonly name?: string;
  /** The part of the body or the parameter, as people write it: `metadata.tags[0]`; empty for the whole. */
  readonly part: string;
  /** The keyword that is reached or broken, such as `maxLength`. */
  readonly keyword: string;
  /** What stands there in the request; missing if it was left out. */
  readonly value?: Json;
}

/** One request, and what an API that keeps to its description answers. */
export interface Case {
  /** Stable and readable, such as `createMemory: content longer than 10000`. */
  readonly id: string;
  readonly operationId: string;
  /** `positive`: valid; `negative`: invalid in one way; `unauthenticated`: valid, but sent without a credential. */
  readonly kind: "positive" | "negative" | "unauthenticated";
  readonly method: string;
  /** With its parameters filled in and percent-encoded. */
  readonly path: string;
  /** Percent-encoded. */
  readonly query: readonly Pair[];
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly Pair[];
  /** The value of the body; how it is written follows from `contentType`. */
  readonly body?: Json;
  readonly contentType?: string;
  /** The fields of a multipart body that are sent as files, with their media types. */
  readonly files?: Readonly<Record<string, string>>;
  /** `success`: 2xx; `client-error`: a 4xx about the request; `unauthorized`: 401. */
  readonly expect: "success" | "client-error" | "unauthorized";
  /** A JSON pointer into the description, to what the case is made from. */
  readonly pointer: string;
  /** How well that part of the description is known. */
  readonly evidence: Evidence;
  readonly target?: Target;
}

/** Something that the description limits, but no request could be made for. */
export interface LeftOut {
  readonly operationId: string;
  /** What the case would have been called. */
  readonly id: string;
  readonly pointer: string;
  readonly reason: string;
}

/** All cases of an operation. */
export interface CaseList {
  readonly cases: readonly Case[];
  readonly leftOut: readonly LeftOut[];
}
