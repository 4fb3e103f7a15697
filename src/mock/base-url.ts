import { isObject, type JsonObject, objectOf } from "./json.js";
import type { createRoutes } from "./routes.js";
import type { Base } from "./sites.js";

/** Replaces, in what an API answers, the addresses that would lead a client away from the mock. */
export interface Rewrite {
  /** The API's own base URL, wherever it stands in a text. */
  text(text: string, base: Base): string;
  /** The data of events that are nothing but a path of the API, as where a stream tells where to send messages to. */
  events(text: string, base: Base): string;
  /** A header's value, with the paths that `Location` and `Link` lead to. */
  header(name: string, value: string, base: Base): string;
}

/**
 * Learns from a description which addresses are the API's own.
 *
 * Examples are written for the vendor's server: its base URL stands in them whole, and paths begin at its root. Behind a
 * prefix neither leads back to the mock.
 *
 * @param match finds the API's operations, by which a path is told from other texts that begin with a slash.
 */
export function createRewrite(description: object, match: ReturnType<typeof createRoutes>): Rewrite {
  const urls = serverUrls(description as JsonObject);
  const pattern = new RegExp(`(?:${urls.map(escapePattern).join("|")})(?![\\w:@-]|\\.\\w)`, "g");
  const text = (written: string, { origin, prefix }: Base) =>
    // Nearly no answer has one, and looking for a text is much faster than for a pattern.
    urls.some((url) => written.includes(url)) ? written.replace(pattern, () => origin + prefix) : written;
  const leadsHere = (reference: string) => {
    try {
      return match("GET", new URL(reference, "http://mock").pathname).kind !== "none";
    } catch {
      return false;
    }
  };
  const path = (written: string, { prefix }: Base) => (leadsHere(written) ? prefix + written : written);

  return {
    text,
    events: (written, base) =>
      text(written, base).replace(/^(data: ?)(\/[^\s/]\S*)$/gm, (_line, field, data) => field + path(data, base)),
    header(name, value, base) {
      const absolute = text(value, base);
      if (/^(content-)?location$/.test(name) && /^\/(?!\/)/.test(absolute)) return path(absolute, base);
      if (name === "link") return absolute.replace(/<(\/(?!\/)[^>]*)>/g, (_all, link) => `<${path(link, base)}>`);
      return absolute;
    },
  };
}

/** The absolute URLs of the servers, variables at their defaults and the longest first, without a slash at the end. */
function serverUrls({ servers }: JsonObject): string[] {
  const urls = (Array.isArray(servers) ? servers : []).filter(isObject).map(({ url = "", variables }) =>
    String(url)
      .replace(/\{([^}]*)\}/g, (_all, name) => String(objectOf(objectOf(variables)[name]).default ?? ""))
      .replace(/\/+$/, ""),
  );
  return urls.filter((url) => /^https?:\/\/[^/]/.test(url)).sort((a, b) => b.length - a.length);
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
