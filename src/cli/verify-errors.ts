import { UnknownApiError } from "../bundles.js";

import { FuzzMissingError } from "../verify/layers/fast-check.js";
import { CredentialError, credentialVariable } from "../verify/named-values.js";
import { SelectionError } from "../verify/select.js";
import { UnreachableError } from "../verify/unreachable.js";
import { InputError } from "../verify/workflows/inputs.js";
import { RespectMissingError } from "../verify/workflows/respect.js";
import { UsageError } from "./errors.js";
import { didYouMean } from "./suggest.js";
import { printable, wrap } from "./terminal.js";

/** Turns what the arguments or the server have caused into a message; what they have not caused stays as it is. */
export function asUsageError(error: unknown, api: string): unknown {
  if (error instanceof UnknownApiError) {
    const { known } = error;
    return new UsageError(`There is no API "${api}".${didYouMean(api, known)}`, `The APIs are: ${known.join(", ")}.`);
  }
  if (error instanceof SelectionError) {
    const names =
      error.known.length > 12 ? `See the operations in generated/${api}/openapi.yaml.` : error.known.join(", ");
    return new UsageError(error.message + didYouMean(error.given, error.known), names);
  }
  if (error instanceof InputError) {
    const names = wrap(`The inputs are: ${error.known.join(", ")}.`).join("\n");
    return new UsageError(error.message + didYouMean(error.given, error.known), names);
  }
  if (error instanceof UnreachableError) {
    const hint = "Is the server running, and is --server its address before the path of an operation?";
    return new UsageError(wrap(printable(error.message)).join("\n"), hint);
  }
  if (error instanceof CredentialError) {
    const hint = `Or set ${credentialVariable(api, "scheme")}, named after the scheme, or the same with _FILE.`;
    return new UsageError(error.message, hint);
  }
  if (error instanceof FuzzMissingError) return new UsageError(error.message);
  if (error instanceof RespectMissingError) return new UsageError(wrap(error.message).join("\n"));
  // Thrown by agent-apis/testing, which says how to install it.
  const lacksAjv = error instanceof Error && /needs Ajv/.test(error.message);
  return lacksAjv ? new UsageError(error.message) : error;
}
