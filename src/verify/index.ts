/** Verifies any server against a description. Needs the optional peer dependencies `ajv` and `ajv-formats`. */

export { type Check, type FaultClass, VERIFY_CHECKS, type VerifyCheckId } from "./checks.js";
export type { CoverageSummary, Share } from "./coverage.js";
export { credentialsFor } from "./credentials.js";
export type { Exchange } from "./exchange.js";
export type { Severity, VerifyFinding } from "./finding.js";
export { CredentialError, credentialVariable } from "./named-values.js";
export type { Progress, VerifyOptions } from "./options.js";
export { judgeRecording, type RecordingOptions } from "./recording/judge-recording.js";
export { RecordingError } from "./recording/read-har.js";
export type { Verification, VerifyReport } from "./report.js";
export { verify } from "./run.js";
export { SelectionError } from "./select.js";
export { UnreachableError } from "./unreachable.js";
