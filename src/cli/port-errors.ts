import { UsageError } from "./errors.js";

/**
 * Turns the failure to take a port into a message; any other error stays as it is.
 *
 * @param port the port that was asked for.
 */
export function asPortError(error: unknown, port: number): unknown {
  const hint = "Choose another one with --port, or any free one with --port 0.";
  const { code } = error as NodeJS.ErrnoException;
  if (code === "EADDRINUSE") return new UsageError(`Port ${port} and those after it are busy.`, hint);
  if (code === "EACCES") return new UsageError(`The system does not let you take port ${port}.`, hint);
  return error;
}
