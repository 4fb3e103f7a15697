/** Header fields for the checks; what is no header field at all cannot be judged and is left out. */
export function headersOf(pairs: Iterable<readonly [string, string]>): Headers {
  const headers = new Headers();
  for (const [name, value] of pairs) {
    try {
      headers.append(name, value);
    } catch {
      // Bytes that no field may have, but that some servers send nevertheless.
    }
  }
  return headers;
}
