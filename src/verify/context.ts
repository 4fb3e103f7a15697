import { type Authorization, authorize, type Case, type Description, type Operation } from "../testing/index.js";
import type { Validator } from "../testing/validator.js";
import type { Coverage } from "./coverage.js";
import type { Exchange } from "./exchange.js";
import type { ApiFacts } from "./facts.js";
import type { Findings, Observation, VerifyFinding } from "./finding.js";
import type { Settings } from "./options.js";
import type { Redaction } from "./redaction.js";
import type { Secrets } from "./secrets.js";
import type { Sender } from "./sender.js";
import type { Show } from "./show.js";

/** Something that could not be judged, with the reason. */
export interface Undecided {
  readonly operationId: string;
  readonly label: string;
  readonly reason: string;
}

/** What judging an exchange takes, whoever had it. */
export interface Judging {
  readonly description: Description;
  readonly facts: ApiFacts;
  readonly settings: Pick<Settings, "server" | "maxMs" | "noAuth">;
  readonly validator: Validator;
  readonly findings: Findings;
  readonly coverage: Coverage;
  readonly redaction: Redaction;
  readonly secrets: Secrets;
  readonly show: Show;
}

/** What every layer of a run works with. */
export interface Run extends Judging {
  readonly settings: Settings;
  readonly selected: readonly Operation[];
  readonly sender: Sender;
  readonly undecided: Undecided[];
}

/** What opens an operation, or `undefined` if the credentials do not suffice. */
export function authorizationFor({ description, settings }: Run, operation: Operation): Authorization | undefined {
  try {
    return authorize(description, operation, settings.credentials);
  } catch {
    if (settings.noAuth) return { headers: {}, query: [], cookies: [] };
    return undefined;
  }
}

/**
 * Adds findings about an exchange.
 *
 * @returns those of them that are new.
 */
export function report(
  run: Judging,
  operation: Operation,
  made: Case,
  exchange: Exchange,
  seen: readonly Observation[],
): VerifyFinding[] {
  const subject = { method: made.method, path: operation.path };
  return seen.flatMap((one) => run.findings.add(one, subject, () => run.show(exchange, made)) ?? []);
}
