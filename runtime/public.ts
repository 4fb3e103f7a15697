// What every entry point exports beside its API's own names: no name here may be that of an API's schema.
export { attemptsOf } from "./attempts.js";
export type { Credential } from "./credentials.js";
export type { Deprecation } from "./deprecation.js";
export { type ContentRange, Download } from "./download.js";
export {
  ApiAbortError,
  ApiConnectionError,
  ApiError,
  ApiRedirectError,
  ApiResponseError,
  ApiStreamError,
  ApiTimeoutError,
} from "./errors.js";
export { EventStream, type StreamResponse } from "./event-stream.js";
export type { Logger, LogLevel } from "./logging.js";
export type { ClientOptions, Middleware, RequestOptions } from "./options.js";
export { PagePromise } from "./pages.js";
export { ApiPromise, type WithResponse } from "./promise.js";
export type { RateLimit } from "./rate-limit.js";
export type { RetryOptions } from "./retry.js";
export { ApiStatusError } from "./status-error.js";
export type { Timeouts } from "./timeouts.js";
export type { NamedUpload, Upload, UploadContent } from "./uploads.js";
