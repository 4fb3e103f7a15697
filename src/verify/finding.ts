import type { Evidence } from "../testing/index.js";
import {
  type Check,
  type FaultClass,
  type FaultCode,
  faultClass,
  VERIFY_CHECKS,
  type VerifyCheckId,
} from "./checks.js";
import type { ShownExchange } from "./show.js";

/** How much a finding matters: only errors make a run fail. */
export type Severity = "error" | "warning" | "note";

/** One contradiction, before it is known how often it came. */
export interface Observation {
  readonly check: VerifyCheckId;
  readonly operationId: string;
  readonly message: string;
  readonly pointer: string;
  readonly evidence: Evidence;
  readonly location?: string;
  readonly expected?: string;
  readonly received?: string;
  /** Replaces the class of the check where the answer tells more. */
  readonly fault?: FaultCode;
}

/** One contradiction between a server and a description, with the first exchange that showed it. */
export interface VerifyFinding {
  readonly check: VerifyCheckId;
  readonly fault: FaultClass;
  readonly severity: Severity;
  readonly operationId: string;
  readonly method: string;
  /** The path template. */
  readonly path: string;
  /** What is wrong, in a sentence. */
  readonly message: string;
  /** A JSON pointer into the description, to the part that is contradicted. */
  readonly pointer: string;
  /** How well that part is known. */
  readonly evidence: Evidence;
  /** The name of a header, or a JSON pointer into the body. */
  readonly location?: string;
  readonly expected?: string;
  readonly received?: string;
  /** What was sent and what came: bounded, and without secrets. */
  readonly exchange: ShownExchange;
  /** How many exchanges showed it. */
  readonly occurrences: number;
}

/** Decides how much a contradiction matters. */
export function severityOf({ weight }: Check, evidence: Evidence, strict: boolean): Severity {
  if (strict || weight === "always") return "error";
  if (weight === "contract") return evidence === "inferred" ? "warning" : "error";
  return weight;
}

/** Collects contradictions; the same one seen again only counts up. */
export class Findings {
  readonly #found = new Map<string, VerifyFinding>();

  /** @param strict whether warnings and notes are errors. */
  constructor(private readonly strict: boolean) {}

  /**
   * @param seen what is wrong.
   * @param subject the operation's method and path template.
   * @param show renders the exchange; called only for what was not seen before.
   * @returns the finding, if it was not seen before.
   */
  add(
    seen: Observation,
    subject: { method: string; path: string },
    show: () => ShownExchange,
  ): VerifyFinding | undefined {
    const { fault, ...observed } = seen;
    // Of a list the first item that is wrong stands for all.
    const place = seen.location?.replace(/\/\d+(?=\/|$)/g, "/*");
    const scope = seen.check === "response-header-undocumented" ? "" : `${seen.operationId} ${subject.method}`;
    // One keyword can miss several members; what a case is called makes no difference.
    const wording = /body|event|header$|^request-invalid$|workflow/.test(seen.check) ? seen.message : "";
    const key = [seen.check, scope, seen.pointer, place, fault, wording].join("\n");
    const known = this.#found.get(key);
    if (known) {
      this.#found.set(key, { ...known, occurrences: known.occurrences + 1 });
      return undefined;
    }
    const described: Check = VERIFY_CHECKS[seen.check];
    const found: VerifyFinding = {
      ...observed,
      method: subject.method,
      path: subject.path,
      fault: fault === undefined ? described.fault : faultClass(fault),
      severity: severityOf(described, seen.evidence, this.strict),
      exchange: show(),
      occurrences: 1,
    };
    this.#found.set(key, found);
    return found;
  }

  /** Everything found, the gravest first, then in order of the operations. */
  list(order: readonly string[]): VerifyFinding[] {
    const rank = { error: 0, warning: 1, note: 2 };
    const at = new Map(order.map((operationId, index) => [operationId, index]));
    return [...this.#found.values()].sort(
      (a, b) =>
        rank[a.severity] - rank[b.severity] ||
        (at.get(a.operationId) ?? 0) - (at.get(b.operationId) ?? 0) ||
        a.check.localeCompare(b.check) ||
        a.pointer.localeCompare(b.pointer),
    );
  }

  /** How many errors there are so far. */
  get errors(): number {
    return [...this.#found.values()].filter(({ severity }) => severity === "error").length;
  }
}
