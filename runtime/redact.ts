/** What stands in the place of a secret. @internal */
export const mask = "***";
const secretive = /token|key(?!word)|secret|password|passwd|passphrase|authorization|cookie|credential/i;

/** Masks secrets: by the names that the description marks, and by names that usually hold one. @internal */
export class Redactor {
  readonly #sensitive: ReadonlySet<string>;

  constructor(sensitive: readonly string[]) {
    this.#sensitive = new Set(sensitive.map((name) => name.toLowerCase()));
  }

  /** Whether a field, parameter or header of this name is a secret. */
  isSensitive(name: string): boolean {
    return secretive.test(name) || this.#sensitive.has(name.toLowerCase());
  }

  /** A URL without user, fragment and the values of sensitive query parameters. */
  url(url: string): string {
    const [beforeFragment = ""] = url.split("#");
    const queryAt = beforeFragment.indexOf("?");
    const address = queryAt < 0 ? beforeFragment : beforeFragment.slice(0, queryAt);
    const bare = address.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/]*@/i, "$1");
    if (queryAt < 0) return bare;
    const query = beforeFragment
      .slice(queryAt + 1)
      .split("&")
      .map((pair) => {
        const [name = ""] = pair.split("=");
        return pair.includes("=") && this.isSensitive(decode(name)) ? `${name}=${mask}` : pair;
      });
    return `${bare}?${query.join("&")}`;
  }

  /** A copy of a JSON value in which sensitive fields are masked, and the secrets given wherever they stand. */
  value(value: unknown, secrets: ReadonlySet<string> = new Set()): unknown {
    if (typeof value === "string") return withoutSecrets(value, secrets);
    if (Array.isArray(value)) return value.map((item) => this.value(item, secrets));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [
        name,
        member !== null && this.isSensitive(name) ? mask : this.value(member, secrets),
      ]),
    );
  }

  /**
   * Text from a server on one line and of bounded length, in which the secrets are masked: those given, and what
   * stands in JSON or in a form under a sensitive name.
   */
  text(text: string, secrets: Iterable<string>, limit: number): string {
    // Twice, since a secret may have such characters in it, or stand in the text with such as it has not.
    const oneLine = withoutSecrets(text, secrets).replace(/[\s\p{Cc}\p{Cf}]+/gu, " ");
    const masked = withoutSecrets(oneLine, secrets)
      .replace(/"([^"\\\n]{1,64})"(\s*:\s*)("(?:[^"\\]|\\.)*"?|[\w.+-]+)/g, (whole, name: string, colon: string) =>
        this.isSensitive(name) ? `"${name}"${colon}"${mask}"` : whole,
      )
      .replace(/\b([\w.-]{1,64})=([^\s&;,"'<>]+)/g, (whole, name: string) =>
        this.isSensitive(name) ? `${name}=${mask}` : whole,
      )
      .trim();
    return masked.length > limit ? `${masked.slice(0, limit - 1)}…` : masked;
  }

  /** The secrets that a request's headers carry, in the forms in which a server may repeat them. */
  *secretsInHeaders(headers: Headers): Iterable<string> {
    for (const [name, value] of headers) {
      if (!this.isSensitive(name)) continue;
      for (const part of [
        value,
        value.replace(/^\S+\s+/, ""),
        ...value.split(/;\s*/).map((pair) => pair.replace(/^[^=]*="?|"$/g, "")),
      ]) {
        yield* secret(part);
      }
    }
  }

  /** The secrets that a URL's query carries, in the forms in which a server may repeat them. */
  *secretsInQuery(url: string): Iterable<string> {
    for (const [name, value] of new URL(url).searchParams) if (this.isSensitive(name)) yield* secret(value);
  }

  /** The texts that stand in a JSON value under the names which the description marks. */
  *secretsIn(value: unknown, isBelow = false, above: readonly object[] = []): Iterable<string> {
    if (typeof value === "string" && isBelow) yield* secret(value);
    if (typeof value !== "object" || value === null || !isJson(value) || above.includes(value)) return;
    for (const [name, member] of Object.entries(value)) {
      yield* this.secretsIn(member, isBelow || this.#sensitive.has(name.toLowerCase()), [...above, value]);
    }
  }
}

/** Whether this is a value that JSON has, and not bytes, a file, a form or a stream. Members are not looked at. @internal */
export function isJson(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** @internal */
export function withoutSecrets(text: string, secrets: Iterable<string>): string {
  let masked = text;
  // The longest first, since a shorter one may be a part of it.
  for (const secret of [...secrets].sort((a, b) => b.length - a.length)) masked = masked.replaceAll(secret, mask);
  return masked;
}

/** Anything shorter is found by chance in ordinary text, and masking it would spoil the text and give it away. */
const shortestSecret = 4;

function* secret(value: string): Iterable<string> {
  if (value.length < shortestSecret) return;
  yield value;
  for (const form of [encoded(value), JSON.stringify(value).slice(1, -1)]) if (form !== value) yield form;
}

/** Half of a surrogate pair, which no URL can carry, is left as it is. */
function encoded(value: string): string {
  try {
    return encodeURIComponent(value);
  } catch {
    return value;
  }
}

function decode(name: string): string {
  try {
    return decodeURIComponent(name.replaceAll("+", " "));
  } catch {
    return name;
  }
}
