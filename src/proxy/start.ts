import { JudgingProxy } from "./judging-proxy.js";
import type { ProxyOptions, RunningProxy } from "./options.js";

/**
 * Starts a proxy on 127.0.0.1 between a real client and a real server, which passes everything on as it comes and judges
 * each exchange by the description of an API: whether an operation matches, the request, the answer, its headers, and events
 * while they come. Credentials and secrets are in nothing that it tells or writes.
 *
 * @param source the name of an API of this package, or an OpenAPI document; see `loadDescription`.
 * @throws the system's error if the port or the file for the recording cannot be taken; Error if Ajv is not installed.
 *
 * @example
 * const proxy = await startProxy("herobrain", { target: "http://127.0.0.1:3000" });
 * await runTheTestsOfAnIntegration({ baseUrl: proxy.origin });
 * const { findings } = await proxy.close();
 */
export async function startProxy(source: string | object, options: ProxyOptions): Promise<RunningProxy> {
  const proxy = await JudgingProxy.create(source, options);
  return proxy.listen();
}
