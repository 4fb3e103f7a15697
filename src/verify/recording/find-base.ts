import type { Description, Operation } from "../../testing/index.js";
import { patternOf } from "../traffic/find-operation.js";

/**
 * Where in a recording the API is: the address before the paths under which most requests are for one of its operations. A
 * recording of a browser has much else in it, and an API can stand below a path of its own.
 *
 * @returns `undefined` if no request is for any operation.
 */
export function findBase(
  { operations }: Description,
  requests: readonly { readonly method: string; readonly url: string }[],
): string | undefined {
  // Everything that ends in a slash could be the root, so that counts only where nothing else does.
  const [specific, roots] = [
    operations.filter(({ path }) => path !== "/"),
    operations.filter(({ path }) => path === "/"),
  ];
  return mostLikely(specific, requests) ?? mostLikely(roots, requests);
}

function mostLikely(
  operations: readonly Operation[],
  requests: readonly { readonly method: string; readonly url: string }[],
): string | undefined {
  const votes = new Map<string, number>();
  for (const { method, url } of requests) {
    const { origin, pathname } = new URL(url);
    const bases = new Set<string>();
    for (const operation of operations) {
      if (operation.method !== method) continue;
      // A template with a parameter matches the end of the path wherever it begins.
      const found = new RegExp(`${patternOf(operation.path).source.slice(1)}`).exec(pathname);
      if (found) bases.add(origin + pathname.slice(0, found.index));
    }
    for (const base of bases) votes.set(base, (votes.get(base) ?? 0) + 1);
  }
  const ranked = [...votes].sort(([a, many], [b, others]) => others - many || a.length - b.length);
  return ranked[0]?.[0];
}
