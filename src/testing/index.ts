/**
 * Contract tests made from the descriptions: check any response against its operation, or make and send the requests
 * that test an operation. Needs the optional peer dependencies `ajv` and `ajv-formats`.
 *
 * @example
 * const description = loadDescription("herobrain");
 * const { cases } = await casesFor(description, "createMemory");
 * for (const one of cases) {
 *   const { findings } = await runCase(description, one, { baseUrl, credentials: { apiKey } });
 *   if (findings.length > 0) console.log(one.id, formatFindings(findings));
 * }
 */

export { listApis as describedApis } from "../bundles.js";
export { type Mock, type MockOptions, startMock } from "../mock/index.js";
export {
  type ProxyEntry,
  type ProxyFinding,
  type ProxyOptions,
  type RunningProxy,
  startProxy,
} from "../proxy/index.js";
export type { VerifyFinding, VerifyReport } from "../verify/index.js";
export {
  type Authorization,
  authorize,
  type Credential,
  type Credentials,
  placeholderCredentials,
} from "./authorize.js";
export type { Case, CaseList, LeftOut, Target } from "./cases/case.js";
export { casesFor } from "./cases.js";
export { checkEvent } from "./check-event.js";
export { checkResponse } from "./check-response.js";
export { type ContractCase, ContractError, contractCases } from "./contract-cases.js";
export { type Description, findOperation, loadDescription } from "./description.js";
export { type DocumentedAnswer, documentedAnswers } from "./documented-answers.js";
export { CHECKS, type CheckId, type Finding, formatFindings } from "./finding.js";
export type { Json } from "./json.js";
export { type ConformanceMatchers, type MatcherResult, matchers } from "./matchers.js";
export type { OpenApiDocument } from "./openapi.js";
export type { Content, DescribedResponse, Operation, Parameter, RequestBody, Value } from "./operation.js";
export type { Evidence, Place } from "./place.js";
export type { ReceivedResponse } from "./received.js";
export { type CaseResult, type RunOptions, runCase } from "./run.js";
export { requestFor } from "./send.js";
export type { StreamEvent } from "./sequence.js";
export type { Pair } from "./serialize-parameter.js";
