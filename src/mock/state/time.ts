/**
 * Writes a time in the form of an example: as seconds or milliseconds since the Unix epoch, or as ISO 8601 (RFC 3339), with
 * or without fractions and with `Z` or `+00:00`.
 *
 * @param time in milliseconds since the Unix epoch.
 * @param example anything else counts as ISO 8601 in whole seconds.
 */
export function writeTime(time: number, example: unknown): string | number {
  if (typeof example === "number") return isMilliseconds(example) ? time : time / 1000;
  const text = String(example);
  const iso = new Date(time).toISOString();
  const precise = /\.\d+/.test(text) ? iso : iso.replace(/\.\d+/, "");
  return text.endsWith("+00:00") ? precise.replace("Z", "+00:00") : precise;
}

/** Reads what {@link writeTime} writes, in milliseconds since the Unix epoch; undefined if it is no time. */
export function readTime(value: unknown): number | undefined {
  if (typeof value === "number") return isMilliseconds(value) ? value : value * 1000;
  const time = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

/** As seconds these would be in the year 5138 or later. */
function isMilliseconds(time: number): boolean {
  return time > 1e11;
}
