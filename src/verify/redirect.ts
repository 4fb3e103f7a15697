import type { Operation } from "../testing/index.js";
import type { Answer } from "./exchange.js";
import type { Observation } from "./finding.js";

/** A redirect is never followed; one to another origin is a finding, since its answers would come from someone else. */
export function checkRedirect(server: string, operation: Operation, { status, headers }: Answer): Observation[] {
  const location = headers.get("location");
  if (status < 300 || status > 399 || location === null || !URL.canParse(location, server)) return [];
  const { origin } = new URL(location, server);
  if (origin === new URL(server).origin) return [];
  const { operationId, place } = operation;
  const message = "The server redirects to another one.";
  const detail = { location: "Location", expected: new URL(server).origin, received: origin };
  return [
    { check: "redirect-elsewhere", operationId, pointer: place.pointer, evidence: place.evidence, message, ...detail },
  ];
}
