import type { Operation } from "../testing/index.js";
import { describedResponse } from "../testing/operation.js";
import { below } from "../testing/place.js";
import type { Answer } from "./exchange.js";
import type { Observation } from "./finding.js";

/** Headers of HTTP itself and of what stands between a server and the world: no description lists them. */
const STANDARD =
  /^(accept-ranges|age|allow|alt-svc|cache-control|connection|content-.*|date|etag|expires|keep-alive|last-modified|link|location|pragma|proxy-.*|referrer-policy|retry-after|server|server-timing|strict-transport-security|trailer|transfer-encoding|upgrade|vary|via|warning|www-authenticate|access-control-.*|cross-origin-.*|permissions-policy|nel|report-to|reporting-endpoints|cf-.*|x-amz-.*|x-amzn-.*|x-vercel-.*|x-cache.*|x-served-by|x-timer|x-powered-by|x-content-type-options|x-frame-options|x-xss-protection|x-dns-prefetch-control|x-download-options|x-permitted-cross-domain-policies|x-robots-tag|origin-agent-cluster|traceparent|tracestate)$/;

/** Headers that neither the description nor HTTP knows: something that users may come to rely on without a promise. */
export function undocumentedHeaders(operation: Operation, { status, headers }: Answer): Observation[] {
  const described = describedResponse(operation, status);
  if (!described) return [];
  const known = new Set(described.headers.map(({ name }) => name.toLowerCase()));
  const place = below(described.place, "headers") ?? described.place;
  const names = [...new Set([...headers.keys()])].filter((name) => !known.has(name) && !STANDARD.test(name));
  return names.map((name) => ({
    check: "response-header-undocumented",
    operationId: operation.operationId,
    // One header is one finding, wherever it comes.
    pointer: "",
    evidence: place.evidence,
    message: `The header ${name} is not documented.`,
    location: name,
  }));
}
