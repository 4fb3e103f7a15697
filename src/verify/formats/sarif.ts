import { VERIFY_CHECKS, type VerifyCheckId } from "../checks.js";
import type { VerifyReport } from "../report.js";
import { details } from "./details.js";

/** SARIF 2.1.0 (OASIS): a rule for every check, a result for every finding, located in the description. */
export function sarif(report: VerifyReport): string {
  const ids = Object.keys(VERIFY_CHECKS) as VerifyCheckId[];
  const rules = ids.map((id) => ({
    id,
    shortDescription: { text: VERIFY_CHECKS[id].meaning },
    properties: { tags: [VERIFY_CHECKS[id].fault.code], faultClass: VERIFY_CHECKS[id].fault },
  }));
  const results = report.findings.map((found) => ({
    ruleId: found.check,
    ruleIndex: ids.indexOf(found.check),
    level: found.severity,
    message: { text: [found.message, ...details(found).map(([name, value]) => `${name}: ${value}`)].join("\n") },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: `generated/${report.api}/openapi.json` } },
        logicalLocations: [{ fullyQualifiedName: found.pointer, name: found.operationId, kind: "member" }],
      },
    ],
    occurrenceCount: found.occurrences,
    partialFingerprints: {
      "check/operation/pointer": [
        found.check,
        found.operationId,
        found.method,
        found.pointer,
        found.location ?? "",
      ].join(" "),
    },
    properties: { evidence: found.evidence, faultClass: found.fault },
  }));
  const driver = { name: "agent-apis verify", informationUri: "https://www.npmjs.com/package/agent-apis", rules };
  const run = {
    tool: { driver },
    invocations: [{ executionSuccessful: report.ended === undefined, startTimeUtc: report.started.toISOString() }],
    results,
    properties: { server: report.server, seed: report.seed, coverage: report.coverage },
  };
  return `${JSON.stringify({ $schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] }, null, 2)}\n`;
}
