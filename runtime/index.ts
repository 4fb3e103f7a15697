export { attemptsOf } from "./attempts.js";
export { ApiClient, type ApiClientOptions } from "./client.js";
export { CookieJar } from "./cookies.js";
export { type Authentication, bearer, type Credential, headerKey, queryKey } from "./credentials.js";
export type { Deprecation } from "./deprecation.js";
export type { ApiDescriptor, ClientDefault, OperationDescriptor, Pagination, TerminalEvent } from "./descriptors.js";
export { type ContentRange, Download } from "./download.js";
export {
  ApiAbortError,
  ApiConnectionError,
  ApiError,
  type ApiErrorInit,
  ApiRedirectError,
  ApiResponseError,
  ApiStreamError,
  ApiTimeoutError,
} from "./errors.js";
export { EventStream, type StreamResponse } from "./event-stream.js";
export type { HeadersInput } from "./headers.js";
export type { Logger, LogLevel } from "./logging.js";
export { Login } from "./login.js";
export type { CallArguments, ClientOptions, Middleware, RequestOptions } from "./options.js";
export { PagePromise } from "./pages.js";
export type { Parts } from "./parts.js";
export { ApiPromise, type WithResponse } from "./promise.js";
export type { RateLimit } from "./rate-limit.js";
export { type Caller, Resource } from "./resource.js";
export type { RetryOptions } from "./retry.js";
export type { AuthenticationByScheme } from "./security.js";
export {
  ApiStatusError,
  type ApiStatusErrorInit,
  type DocumentedError,
  documentedErrorClass,
  type ErrorClass,
} from "./status-error.js";
export { streams } from "./streams.js";
export type { Timeouts } from "./timeouts.js";
export { type NamedUpload, type Upload, type UploadContent, writeForm } from "./uploads.js";
export type { WithDefaults } from "./with-defaults.js";
