/** How deliveries are signed, where a vendor leaves it open. */
export interface SignatureOptions {
  /** The header with the signature. */
  header?: string | undefined;
  /** How the signature is written. */
  encoding?: "hex" | "base64" | undefined;
}

/** Makes the headers of a delivery. */
export type Sign = (body: string) => Promise<Record<string, string>>;

/**
 * Loads what signs the deliveries of an API: the function `sign` of its entry point `agent-apis/<api>/webhooks`.
 *
 * @param options overrule what the entry point takes by default.
 * @returns undefined if too little is known of the API's signatures: it has no such entry point, or one that has to be
 *   told what the vendor leaves open, and `options` do not.
 * @throws TypeError if `options` have a value that makes no sense.
 */
export async function loadSigner(api: string, secret: string, options: SignatureOptions): Promise<Sign | undefined> {
  const { sign } = await loadEntryPoint(api);
  if (typeof sign !== "function") return undefined;
  const signed: Sign = async (body) => sign(body, secret, options);
  try {
    await signed("{}");
  } catch (error) {
    if (secret !== "" && options.header === undefined && error instanceof TypeError) return undefined;
    throw error;
  }
  return signed;
}

async function loadEntryPoint(api: string): Promise<{ sign?: unknown }> {
  if (!/^[\w-]+$/.test(api)) return {};
  const module = new URL(`../../${api}/webhooks.js`, import.meta.url).href;
  return import(/* @vite-ignore */ module).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ERR_MODULE_NOT_FOUND") return {};
    throw error;
  });
}
