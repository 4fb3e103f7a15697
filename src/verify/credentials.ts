import { readFileSync } from "node:fs";
import type { Credential, Credentials, Description } from "../testing/index.js";
import type { SecuritySchemeObject } from "../testing/openapi.js";
import { below, rootOf, settled } from "../testing/place.js";

/** A credential that cannot be used, or a file with one that cannot be read. */
export class CredentialError extends Error {
  override readonly name = "CredentialError";
}

/** The environment variable that holds a credential: `AGENT_APIS_HEROBRAIN_API_KEY` for the scheme `apiKey`. */
export function credentialVariable(api: string, scheme: string): string {
  const words = (text: string) => text.replace(/([a-z0-9])([A-Z])/g, "$1_$2").replace(/[^A-Za-z0-9]+/g, "_");
  return `AGENT_APIS_${words(api)}_${words(scheme)}`.toUpperCase();
}

/**
 * Collects the credentials for an API: those given, else those of the environment, where `…_FILE` names a file.
 *
 * @param given `scheme=value` each, or `scheme=@file`; with the scheme `basic`, `name:password`.
 * @throws CredentialError if a scheme is unknown or a file cannot be read. The value is never in its message.
 */
export function credentialsFor(
  description: Description,
  given: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Credentials {
  const schemes = Object.keys(description.document.components?.securitySchemes ?? {});
  const credentials: Record<string, Credential> = {};
  for (const scheme of schemes) {
    const variable = credentialVariable(description.api, scheme);
    const file = env[`${variable}_FILE`];
    const value = env[variable] ?? (file === undefined ? undefined : read(file));
    if (value) credentials[scheme] = shaped(description, scheme, value);
  }
  for (const one of given) {
    const at = one.indexOf("=");
    const scheme = at < 0 ? "" : one.slice(0, at);
    if (!schemes.includes(scheme)) {
      const name = at < 0 ? "A credential is given as scheme=value." : `There is no security scheme "${scheme}".`;
      throw new CredentialError(`${name} The schemes of ${description.api} are: ${schemes.join(", ")}.`);
    }
    const value = one.slice(at + 1);
    credentials[scheme] = shaped(description, scheme, value.startsWith("@") ? read(value.slice(1)) : value);
  }
  return credentials;
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    throw new CredentialError(`The file ${file}, which should hold a credential, cannot be read.`);
  }
}

function shaped({ document }: Description, scheme: string, value: string): Credential {
  const place = below(rootOf(document), "components", "securitySchemes", scheme);
  const object = place && settled<SecuritySchemeObject>(document, place).value;
  if (object?.type !== "http" || object.scheme?.toLowerCase() !== "basic") return value;
  const [username = "", ...password] = value.split(":");
  return { username, password: password.join(":") };
}
