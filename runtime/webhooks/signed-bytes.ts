import { concatBytes } from "./bytes.js";
import type { Scheme } from "./scheme.js";

/** What a signature is over: the body, after its time and a separator where the scheme has one. @internal */
export function signedBytes(
  { timestamp: scheme }: Scheme,
  body: Uint8Array<ArrayBuffer>,
  timestamp: string | undefined,
): Uint8Array<ArrayBuffer> {
  if (scheme === undefined || timestamp === undefined) return body;
  return concatBytes([new TextEncoder().encode(timestamp + scheme.separator), body]);
}
