import type { Credentials, Description } from "../testing/index.js";
import { validatorOf } from "../testing/validator.js";
import type { Judging } from "./context.js";
import { Coverage } from "./coverage.js";
import { factsOf } from "./facts.js";
import { Findings } from "./finding.js";
import { credentialVariable } from "./named-values.js";
import { Redaction } from "./redaction.js";
import { Secrets } from "./secrets.js";
import { showWith } from "./show.js";

/**
 * What judging exchanges takes, with nothing found yet.
 *
 * @throws Error if Ajv is not installed.
 */
export async function judgingOf<Settings extends Judging["settings"] & { strict: boolean }>(
  description: Description,
  settings: Settings,
  credentials: Credentials = {},
): Promise<Judging & { settings: Settings }> {
  const facts = factsOf(description);
  const redaction = new Redaction(facts, credentials);
  return {
    description,
    facts,
    settings,
    validator: await validatorOf(description),
    findings: new Findings(settings.strict),
    coverage: new Coverage(description),
    redaction,
    secrets: new Secrets(description, redaction),
    show: showWith(description, facts, redaction, (scheme) => credentialVariable(description.api, scheme)),
  };
}
