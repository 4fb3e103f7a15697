import { styleText } from "node:util";

/** Whether a stream shows colours: a terminal, unless NO_COLOR says otherwise (https://no-color.org). */
export function hasColour(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY === true && !process.env.NO_COLOR;
}

/**
 * Lines up columns. The first row is the heading.
 *
 * @param right which columns hold numbers and are lined up on the right.
 */
export function table(rows: readonly (readonly string[])[], right: readonly number[]): string {
  const widths = rows[0]?.map((_cell, column) => Math.max(...rows.map((row) => (row[column] ?? "").length))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          right.includes(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** A line that is written over while something goes on; plain lines where the stream is not a terminal. */
export class StatusLine {
  constructor(private readonly stream: NodeJS.WriteStream) {}

  show(text: string): void {
    if (!this.stream.isTTY) return void this.stream.write(`${text}\n`);
    this.stream.write(
      `\r\x1b[2K${styleText("dim", text.slice(0, (this.stream.columns ?? 80) - 1), { validateStream: false })}`,
    );
  }

  clear(): void {
    if (this.stream.isTTY) this.stream.write("\r\x1b[2K");
  }
}
