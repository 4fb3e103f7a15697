import { withoutSecrets } from "./redact.js";

/**
 * A cause that can be printed: itself if it has no secret in it, else a copy in which the secrets are masked. What a
 * `fetch` or a stream fails with is foreign, and may repeat a header or a URL.
 *
 * @internal
 */
export function printableCause(cause: unknown, secrets: ReadonlySet<string>): unknown {
  if (secrets.size === 0) return cause;
  if (typeof cause === "string") return withoutSecrets(cause, secrets);
  if (!(cause instanceof Error) || !hasSecret(cause, secrets)) return cause;
  const inner = cause.cause === undefined ? undefined : printableCause(cause.cause, secrets);
  const copy = new Error(withoutSecrets(cause.message, secrets), inner === undefined ? undefined : { cause: inner });
  const { code } = cause as { code?: unknown };
  if (typeof code === "string") Object.assign(copy, { code: withoutSecrets(code, secrets) });
  Object.defineProperty(copy, "name", { value: cause.name, configurable: true });
  Object.defineProperty(copy, "stack", { value: withoutSecrets(cause.stack ?? "", secrets), configurable: true });
  return copy;
}

function hasSecret(value: unknown, secrets: ReadonlySet<string>, depth = 0): boolean {
  if (typeof value === "string") return [...secrets].some((secret) => value.includes(secret));
  if (typeof value !== "object" || value === null || depth > 4) return false;
  const members: unknown[] = Object.values(value);
  if (value instanceof Error) members.push(value.message, value.stack, value.cause);
  return members.some((member) => hasSecret(member, secrets, depth + 1));
}
