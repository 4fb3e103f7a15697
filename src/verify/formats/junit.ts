import type { VerifyFinding } from "../finding.js";
import type { VerifyReport } from "../report.js";
import { details, subjectOf } from "./details.js";
import { escaped } from "./xml.js";

/** JUnit XML as CI systems read it: a test case for every operation, a failure for each of its errors. */
export function junit(report: VerifyReport): string {
  const { api, operations, leftOut, findings, durationMs } = report;
  const errors = findings.filter(({ severity }) => severity === "error");
  const cases = operations.map((operationId) => {
    const own = findings.filter((one) => one.operationId === operationId);
    const failures = own.filter(({ severity }) => severity === "error").map(failure);
    const others = own.filter(({ severity }) => severity !== "error").map((one) => `${one.severity}: ${text(one)}`);
    const output = others.length > 0 ? `      <system-out>${escaped(others.join("\n\n"))}</system-out>\n` : "";
    return `    <testcase classname="${escaped(api)}" name="${escaped(operationId)}">\n${failures.join("")}${output}    </testcase>\n`;
  });
  const skipped = leftOut.map(
    ({ operationId, reason }) =>
      `    <testcase classname="${escaped(api)}" name="${escaped(operationId)}"><skipped message="${escaped(reason)}"/></testcase>\n`,
  );
  const counts = `tests="${cases.length + skipped.length}" failures="${errors.length}" errors="0" skipped="${skipped.length}"`;
  const suite = `  <testsuite name="agent-apis verify ${escaped(api)}" ${counts} time="${(durationMs / 1000).toFixed(3)}" timestamp="${report.started.toISOString()}">\n`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suite}${cases.join("")}${skipped.join("")}  </testsuite>\n</testsuites>\n`;
}

function failure(found: VerifyFinding): string {
  return `      <failure type="${found.check}" message="${escaped(found.message)}">${escaped(text(found))}</failure>\n`;
}

function text(found: VerifyFinding): string {
  const lines = details(found).map(([name, value]) => `${name}: ${value}`);
  return [`${found.check} (${found.fault.code}) ${subjectOf(found)}: ${found.message}`, ...lines].join("\n");
}
