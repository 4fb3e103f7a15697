/** Where a relay stands, and what it stands in front of. */
export interface Sides {
  /** The relay's own origin. */
  readonly origin: string;
  /** The address of the server before the path of an operation, without a slash at its end. */
  readonly target: string;
}

/**
 * A `Location` as the client of a relay needs it: one at the server leads to the relay, any other stays as it is.
 *
 * @param asked the address at the server that was asked for, from which a relative one counts (RFC 9110 section 10.2.2).
 */
export function relayedLocation(location: string, asked: string, { origin, target }: Sides): string {
  if (!URL.canParse(location, asked)) return location;
  const { href } = new URL(location, asked);
  const base = new URL(target).href.replace(/\/$/, "");
  const isBelow = href === base || ["/", "?", "#"].some((next) => href.startsWith(base + next));
  if (!isBelow) return location;
  const isRelative = !URL.canParse(location);
  // Where nothing stands before the paths, a relative one means the same on both sides.
  if (isRelative && new URL(target).pathname === "/") return location;
  return origin + href.slice(base.length);
}

/** `Origin` and `Referer` of a page that came through the relay name the relay; the server looks for its own name. */
export function withoutRelay(name: string, value: string, { origin, target }: Sides): string {
  const lower = name.toLowerCase();
  if (lower === "origin" && value === origin) return new URL(target).origin;
  if (lower === "referer" && value.startsWith(`${origin}/`)) return target + value.slice(origin.length);
  return value;
}
