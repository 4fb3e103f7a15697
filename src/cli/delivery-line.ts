import type { Delivery } from "../mock/index.js";
import { columns, cut, printable, style } from "./terminal.js";

/**
 * Lays out a webhook that was sent: `14:03:22 SENT   200   3 ms  memory.created`, and why if it could not be.
 *
 * @param narrow fit it into 80 columns.
 */
export function deliveryLine({ time, event, status, error, durationMs }: Delivery, narrow: boolean): string {
  const clock = time.toTimeString().slice(0, 8);
  const numbers = `${Math.round(durationMs)} ms`.padStart(6);
  const failed = status === undefined || status >= 300;
  const margin = `${clock} SENT   ${status ?? "---"} ${numbers}  `;
  const text = printable(error === undefined ? event : `${event}  ${error}`);
  const shown = narrow ? cut(text, columns - margin.length) : text;
  return `${style("dim", clock)} SENT   ${style(failed ? "red" : "green", String(status ?? "---"))} ${numbers}  ${shown}`;
}
