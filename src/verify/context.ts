import { type Authorization, authorize, type Case, type Description, type Operation } from "../testing/index.js";
import type { Validator } from "../testing/validator.js";
import type { Coverage } from "./coverage.js";
import type { Exchange } from "./exchange.js";
import type { ApiFacts } from "./facts.js";
import type { Findings, Observation } from "./finding.js";
import type { Settings } from "./options.js";
import type { Secrets } from "./secrets.js";
import type { Sender } from "./sender.js";
import type { Show } from "./show.js";

/** Something that could not be judged, with the reason. */
export interface Undecided {
  readonly operationId: string;
  readonly label: string;
  readonly reason: string;
}

/** What every layer of a run works with. */
export interface Run {
  readonly description: Description;
  readonly facts: ApiFacts;
  readonly settings: Settings;
  readonly validator: Validator;
  readonly selected: readonly Operation[];
  readonly sender: Sender;
  readonly findings: Findings;
  readonly coverage: Coverage;
  readonly secrets: Secrets;
  readonly undecided: Undecided[];
  readonly show: Show;
}

/** What opens an operation, or `undefined` if the credentials do not suffice. */
export function authorizationFor({ description, settings }: Run, operation: Operation): Authorization | undefined {
  try {
    return authorize(description, operation, settings.credentials);
  } catch {
    return undefined;
  }
}

/** Adds findings about an exchange. */
export function report(
  run: Run,
  operation: Operation,
  made: Case,
  exchange: Exchange,
  seen: readonly Observation[],
): void {
  for (const one of seen) {
    run.findings.add(one, { method: made.method, path: operation.path }, () => run.show(exchange, made));
  }
}
