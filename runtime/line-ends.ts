/**
 * Turns CR and CRLF into LF, however the text is cut into pieces.
 *
 * A CR at the end of a piece is a line end at once: to wait for the LF that may follow would hold an event back until
 * the next one comes.
 *
 * @internal
 */
export class LineEnds {
  #afterCr = false;

  /** The next piece of the text. */
  normalize(piece: string): string {
    if (piece === "") return piece;
    const rest = this.#afterCr && piece.startsWith("\n") ? piece.slice(1) : piece;
    this.#afterCr = piece.endsWith("\r");
    return rest.includes("\r") ? rest.replace(/\r\n?/g, "\n") : rest;
  }
}
