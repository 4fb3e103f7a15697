/** Something was named that there is not. */
export class UnknownNameError extends Error {
  /**
   * @param message what is wrong.
   * @param given the name.
   * @param known what could have been meant.
   */
  constructor(
    message: string,
    readonly given: string,
    readonly known: readonly string[],
  ) {
    super(message);
  }
}
