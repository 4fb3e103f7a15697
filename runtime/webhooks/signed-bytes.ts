import type { Bytes } from "./bytes.js";
import { concatBytes } from "./bytes.js";
import type { Scheme } from "./scheme.js";

/** What a signature is over: the body, after its time and a separator where the scheme has one. @internal */
export function signedBytes({ timestamp: scheme }: Scheme, body: Bytes, timestamp: string | undefined): Bytes {
  if (scheme === undefined || timestamp === undefined) return body;
  return concatBytes([new TextEncoder().encode(timestamp + scheme.separator), body]);
}
