interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
  /** Unix time in milliseconds. */
  readonly expires: number;
}

/**
 * The cookies of one server (RFC 6265, 5.2 to 5.4).
 *
 * They go back to the origin that set them and nowhere else, so `Domain`, `Secure`, `HttpOnly` and `SameSite` have nothing
 * left to decide. In a browser it stays empty: there the browser keeps the cookies, and shows none of them to scripts.
 *
 * @internal
 */
export class CookieJar {
  readonly #cookies = new Map<string, Cookie>();

  /** Keeps the cookies that an answer sets, and drops those that it ends. @param now Unix time in milliseconds. */
  store(response: Response, url: string, now: number): void {
    for (const line of response.headers.getSetCookie()) {
      const cookie = parseSetCookie(line, new URL(url).pathname, now);
      if (!cookie) continue;
      const key = `${cookie.name};${cookie.path}`;
      if (cookie.expires > now) this.#cookies.set(key, cookie);
      else this.#cookies.delete(key);
    }
  }

  /**
   * The `Cookie` header of a request, those cookies first that the caller has set by hand. One of these wins over one of
   * the jar with the same name.
   *
   * @param given the header as the caller set it.
   * @returns `undefined` if there is none to send.
   */
  header(url: string, given: string | null, now: number): string | undefined {
    const { pathname } = new URL(url);
    const own = given === null ? [] : given.split(/;\s*/).filter(Boolean);
    const names = new Set(own.map((pair) => pair.split("=")[0]));
    const kept = [...this.#cookies.values()]
      .filter(({ name, path, expires }) => expires > now && covers(path, pathname) && !names.has(name))
      .sort((a, b) => b.path.length - a.path.length)
      .map(({ name, value }) => `${name}=${value}`);
    const pairs = [...own, ...kept];
    return pairs.length > 0 ? pairs.join("; ") : undefined;
  }

  /** Writes a request's `Cookie` header anew. Where the jar has a newer value than the request, that one goes. */
  renew({ headers, url }: Request, now: number): void {
    const kept = this.header(url, null, now)?.split("; ") ?? [];
    const names = new Set(kept.map((pair) => pair.split("=")[0]));
    const own = (headers.get("cookie") ?? "").split(/;\s*/).filter((pair) => pair && !names.has(pair.split("=")[0]));
    if (own.length + kept.length > 0) headers.set("cookie", [...own, ...kept].join("; "));
  }
}

function parseSetCookie(line: string, pathname: string, now: number): Cookie | undefined {
  const [pair = "", ...attributes] = line.split(";");
  const at = pair.indexOf("=");
  const name = pair.slice(0, at).trim();
  if (at < 1 || name === "") return undefined;
  const defaultPath = pathname.replace(/\/[^/]*$/, "") || "/";
  let path = defaultPath;
  let expires = Number.POSITIVE_INFINITY;
  let maxAge: number | undefined;
  for (const attribute of attributes) {
    const [key = "", value = ""] = attribute.split(/=(.*)/s).map((part) => part.trim());
    if (/^path$/i.test(key)) path = value.startsWith("/") ? value : defaultPath;
    if (/^expires$/i.test(key)) expires = parseDate(value) ?? expires;
    if (/^max-age$/i.test(key) && /^-?\d+$/.test(value)) maxAge = Number(value);
  }
  if (maxAge !== undefined) expires = maxAge > 0 ? now + maxAge * 1000 : Number.NEGATIVE_INFINITY;
  return { name, value: pair.slice(at + 1).trim(), path, expires };
}

/** Date.parse takes "0" and "-1" for days in 2000 and 2001, and a date without a zone for local time; all are in GMT. */
function parseDate(text: string): number | undefined {
  const at = /[a-z]{3}.*\d:\d/i.test(text) ? Date.parse(text.endsWith("GMT") ? text : `${text} GMT`) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

/** Whether a cookie's path is that of a request or leads to it (RFC 6265, 5.1.4). */
function covers(path: string, pathname: string): boolean {
  return pathname === path || pathname.startsWith(path.endsWith("/") ? path : `${path}/`);
}
