import { styleText } from "node:util";

/** A colour or weight that the command uses. */
export type Style = "bold" | "dim" | "red" | "yellow" | "green";

/** How many columns lines are laid out for; wider terminals are not filled, narrower ones wrap by themselves. */
export const columns = 80;

/** Styles a text if it goes to a terminal and the user has not opted out with `NO_COLOR` (see no-color.org). */
export function style(name: Style, text: string, stream: NodeJS.WriteStream = process.stdout): string {
  return stream.isTTY && !process.env.NO_COLOR ? styleText(name, text) : text;
}

/** Replaces control characters, with which a request's path could otherwise write anywhere on the terminal. */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about.
  return text.replace(/[\x00-\x1f\x7f-\x9f]/g, "\ufffd");
}

/** Cuts a text to at most `width` columns; an ellipsis shows that it was longer. */
export function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}

/** Breaks a text into lines of at most `width` columns: at spaces, and within words that are longer than a line. */
export function wrap(text: string, width: number = columns): string[] {
  const lines = [""];
  const words = text.split(" ").flatMap((word) => word.match(new RegExp(`.{1,${width}}`, "g")) ?? []);
  for (const word of words) {
    const line = lines.at(-1)!;
    if (line === "") lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Prints a line on stdout. */
export function print(line = ""): void {
  process.stdout.write(`${line}\n`);
}

/** Prints a message on stderr, marked as an error. */
export function printError(message: string): void {
  process.stderr.write(`${style("red", "Error:", process.stderr)} ${message}\n`);
}

/** Ends the process quietly when whoever reads its output stops, as `head` does, instead of with a stack trace. */
export function exitWhenUnread(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") process.exit(0);
      throw error;
    });
  }
}
