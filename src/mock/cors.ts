import type { IncomingMessage, OutgoingHttpHeaders } from "node:http";

/** Whether a browser asks for permission to send the request proper. */
export function isPreflight({ method, headers }: IncomingMessage): boolean {
  return method === "OPTIONS" && headers.origin !== undefined && "access-control-request-method" in headers;
}

/** What permits the request that a preflight asks about, whatever it is: the mock holds nothing worth protecting. */
export function preflightHeaders({ headers }: IncomingMessage): OutgoingHttpHeaders {
  return {
    "access-control-allow-methods": headers["access-control-request-method"],
    "access-control-allow-headers": headers["access-control-request-headers"] ?? "*",
    // Chromium asks before a public site reaches a server on the own machine.
    "access-control-allow-private-network": "true",
    "access-control-max-age": "600",
  };
}

/**
 * Adds to an answer's headers what lets a web page of any origin read it, with cookies or without.
 *
 * @param headers the answer's headers by lower-case name; changed.
 */
export function allowOrigin({ headers: asked }: IncomingMessage, headers: OutgoingHttpHeaders): void {
  // Where cookies are sent a browser takes neither `*` for the origin nor `*` for the headers that may be read.
  const exposed = Object.keys(headers).filter((name) => !name.startsWith("access-control-"));
  headers["access-control-expose-headers"] = exposed.join(", ");
  headers["access-control-allow-origin"] = asked.origin ?? "*";
  if (asked.origin !== undefined) headers["access-control-allow-credentials"] = "true";
  headers.vary = headers.vary === undefined ? "Origin" : `${headers.vary}, Origin`;
}
