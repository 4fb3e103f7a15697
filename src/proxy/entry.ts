import type { VerifyCheckId } from "../verify/checks.js";
import type { Severity } from "../verify/finding.js";

/** What a proxy tells of an exchange when it is over, or of an event of a stream that is wrong. */
export interface ProxyEntry {
  readonly time: Date;
  readonly method: string;
  /** Path and query, without secrets. */
  readonly path: string;
  /** The operation that it was for; missing if the description has none. */
  readonly operationId?: string;
  /** Missing if no answer came. */
  readonly status?: number;
  readonly durationMs: number;
  /** What is wrong with it, also if others have shown the same before. */
  readonly findings: readonly ProxyFinding[];
  /** What is to be known besides: that the client left, or that a body was too long to be judged. */
  readonly remarks: readonly string[];
  /** Whether the exchange goes on, and this is about one event of it. */
  readonly isOpen: boolean;
}

/** What is wrong with an exchange, in short. */
export interface ProxyFinding {
  readonly check: VerifyCheckId;
  readonly severity: Severity;
  readonly message: string;
  readonly location?: string;
}
