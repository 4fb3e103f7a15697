/** A mistake in how the command was called. It ends the process with exit code 2 and is printed without a stack. */
export class UsageError extends Error {
  override readonly name = "UsageError";

  /**
   * @param message what is wrong.
   * @param hint what is allowed, or where to read it; nothing by default.
   */
  constructor(
    message: string,
    readonly hint: string = "",
  ) {
    super(message);
  }
}
