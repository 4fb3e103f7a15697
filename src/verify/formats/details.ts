import type { VerifyFinding } from "../finding.js";

/** What a finding says, as names and values in the order in which people want to know them. */
export function details(found: VerifyFinding): [name: string, value: string][] {
  const { location, expected, received, exchange } = found;
  const place = location === "" ? "the top of the body" : location;
  const all: [string, string | undefined][] = [
    ["at", place],
    ["expected", expected],
    ["received", received],
    ["described at", found.pointer === "" ? undefined : `${found.pointer} (${found.evidence})`],
    ["seen", found.occurrences > 1 ? `${found.occurrences} times, first with: ${exchange.label}` : exchange.label],
    ["answer", `${exchange.status ?? "none"} ${exchange.answer}`.trim()],
    ["client", exchange.client],
    ["curl", exchange.curl],
  ];
  return all.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
}

/** What a finding is about: `createMemory (POST /api/v1/memories)`. */
export function subjectOf({ operationId, method, path }: VerifyFinding): string {
  return `${operationId} (${method} ${path})`;
}
