/**
 * Cuts the text of an event stream into pieces to be sent one after another: an event or a comment each, with the blank
 * lines that end it (HTML Living Standard, 9.2.6). Joined they are the text again, also if it ends within an event.
 */
export function splitEvents(text: string): string[] {
  const pieces = text.match(/[\s\S]*?(?:\r\n|\n|\r(?!\n)){2,}|[\s\S]+$/g) ?? [];
  return pieces.flatMap(splitComments);
}

/** Comments need no blank line behind them: `: heartbeat` and the event below it are two pieces. */
function splitComments(piece: string): string[] {
  const comments = /^(?::[^\r\n]*(?:\r\n|\n|\r(?!\n))+)+(?=[^:\r\n])/.exec(piece)?.[0] ?? "";
  return [comments, piece.slice(comments.length)].filter((part) => part !== "");
}

/** Whether a piece is an event, and not only comments. */
export function isEvent(piece: string): boolean {
  return /^[^:\r\n]/m.test(piece);
}

/**
 * The part of a stream that comes after an event, for a client that has got everything up to it.
 *
 * @param id the id of the last event that the client has got; the whole text if no event has it.
 */
export function eventsAfter(text: string, id: string): string {
  const pieces = splitEvents(text);
  const last = pieces.findLastIndex((piece) => /^id: ?(.*)$/m.exec(piece)?.[1] === id);
  return pieces.slice(last + 1).join("");
}
