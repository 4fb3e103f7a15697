import type { Settings } from "./options.js";

/** The server gave no answer at all, so that nothing can be said about it. */
export class UnreachableError extends Error {
  override readonly name = "UnreachableError";
}

/**
 * Makes sure that something answers at the server's address, whatever it answers.
 *
 * @throws UnreachableError that says why nothing came.
 */
export async function probe({ server, timeoutMs, signal, headers }: Settings): Promise<void> {
  const limit = AbortSignal.timeout(timeoutMs);
  try {
    const signals = signal ? [limit, signal] : [limit];
    const response = await fetch(server, {
      redirect: "manual",
      headers: { ...headers },
      signal: AbortSignal.any(signals),
    });
    response.body?.cancel().catch(() => {});
  } catch (error) {
    if (signal?.aborted) return;
    const why = limit.aborted ? `no answer within ${timeoutMs} ms` : causeOf(error);
    throw new UnreachableError(`Nothing answers at ${server}: ${why}.`, { cause: error });
  }
}

/** The reason that fetch hides in the cause of its error. */
export function causeOf(error: unknown): string {
  const { cause } = error as { cause?: { code?: string; message?: string; errors?: { code?: string }[] } };
  const code = cause?.code ?? cause?.errors?.[0]?.code;
  const words: Record<string, string> = {
    ECONNREFUSED: "the connection is refused",
    ENOTFOUND: "there is no host of that name",
    EAI_AGAIN: "the name of the host cannot be looked up",
    ECONNRESET: "the connection is closed at once",
    UND_ERR_SOCKET: "the connection was closed",
    DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is self-signed (set NODE_EXTRA_CA_CERTS)",
    CERT_HAS_EXPIRED: "its certificate has expired",
  };
  return (code && words[code]) ?? cause?.message ?? (error instanceof Error ? error.message : String(error));
}
