/** Text, which stands for its bytes in UTF-8, or bytes. */
export type TextOrBytes = string | Uint8Array | ArrayBuffer;

/** Bytes of a buffer that is not shared. Written so because TypeScript has a name for them only from 5.7 on. */
export type Bytes = ReturnType<typeof Uint8Array.of>;

/**
 * The bytes of a value, copied, so that what is verified stays what is read although the caller's buffer is used again
 * meanwhile. `undefined` if it is neither text nor bytes.
 *
 * @internal
 */
export function copyBytes(value: unknown): Bytes | undefined {
  if (typeof value === "string") return new TextEncoder().encode(value);
  // The slice of a Buffer would share its memory.
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength).slice();
  // Test runners and iframes have an ArrayBuffer of their own, so instanceof is not enough.
  if (Object.prototype.toString.call(value) === "[object ArrayBuffer]")
    return new Uint8Array(value as ArrayBuffer).slice();
  return undefined;
}

/** One array with the bytes of all. @internal */
export function concatBytes(parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
