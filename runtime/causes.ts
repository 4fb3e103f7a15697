import { withoutSecrets } from "./redact.js";

/** What has more parts is not looked through, but taken to have a secret in it. */
const mostParts = 10_000;

/**
 * A cause that can be printed: itself if it has no secret in it, else a copy in which the secrets are masked. What a
 * `fetch` or a stream fails with is foreign, and may repeat a header or a URL.
 *
 * @internal
 */
export function printableCause(cause: unknown, secrets: ReadonlySet<string>): unknown {
  if (secrets.size === 0 || !hasSecret(cause, secrets)) return cause;
  return copyWithout(cause, secrets, new Set());
}

function copyWithout(cause: unknown, secrets: ReadonlySet<string>, above: Set<unknown>): unknown {
  const mask = (text: unknown) => withoutSecrets(String(text ?? ""), secrets);
  if (typeof cause === "string") return mask(cause);
  if (!(cause instanceof Error)) return new Error("The cause is left out, since it has a secret in it.");
  above.add(cause);
  const isLast = cause.cause === undefined || above.has(cause.cause);
  const inner = isLast || !hasSecret(cause.cause, secrets) ? undefined : copyWithout(cause.cause, secrets, above);
  const kept = isLast ? undefined : (inner ?? cause.cause);
  const copy = new Error(mask(cause.message), kept === undefined ? undefined : { cause: kept });
  const { code } = cause as { code?: unknown };
  if (typeof code === "string") Object.assign(copy, { code: mask(code) });
  Object.defineProperty(copy, "name", { value: mask(cause.name), configurable: true });
  Object.defineProperty(copy, "stack", { value: mask(cause.stack), configurable: true });
  return copy;
}

/** Looks for a secret wherever a console might find one. Getters are not called. */
function hasSecret(cause: unknown, secrets: ReadonlySet<string>): boolean {
  const parts = new Set<unknown>([cause]);
  // What is added to a set while it is walked through is visited, too.
  for (const part of parts) {
    if (parts.size > mostParts) return true;
    if (typeof part === "string" && [...secrets].some((secret) => part.includes(secret))) return true;
    if (typeof part !== "object" || part === null || ArrayBuffer.isView(part)) continue;
    for (const inner of partsOf(part)) parts.add(inner);
  }
  return false;
}

function* partsOf(whole: object): Iterable<unknown> {
  for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(whole))) yield* [name, value];
  for (const symbol of Object.getOwnPropertySymbols(whole))
    yield Reflect.getOwnPropertyDescriptor(whole, symbol)?.value;
  if (whole instanceof Error) yield* [whole.name, whole.message, whole.stack];
  // By their names, since a `fetch` from a library may have classes of its own.
  const kind = Object.prototype.toString.call(whole).slice(8, -1);
  const { href, url, headers } = whole as Record<string, unknown>;
  if (kind === "URL") yield href;
  if (kind === "Request" || kind === "Response") yield* [url, headers];
  if (/^(Headers|URLSearchParams|FormData|Map|Set)$/.test(kind)) yield* whole as Iterable<unknown>;
}
