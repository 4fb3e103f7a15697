/** Fuzzing was asked for, but the optional peer dependency `fast-check` is not installed. */
export class FuzzMissingError extends Error {
  override readonly name = "FuzzMissingError";

  constructor(cause: unknown) {
    super("Fuzzing needs fast-check. Install it with: npm install --save-dev fast-check", { cause });
  }
}

/**
 * Loads fast-check.
 *
 * @throws FuzzMissingError with the command that installs it.
 */
export async function loadFastCheck() {
  try {
    return await import("fast-check");
  } catch (cause) {
    throw new FuzzMissingError(cause);
  }
}
