import type { Credential, Credentials, Description } from "../testing/index.js";
import type { SecuritySchemeObject } from "../testing/openapi.js";
import { below, rootOf, settled } from "../testing/place.js";
import { CredentialError, namedValues } from "./named-values.js";

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
  const unknown = (name: string | undefined) => {
    const what =
      name === undefined ? "A credential is given as scheme=value." : `There is no security scheme "${name}".`;
    return new CredentialError(`${what} The schemes of ${description.api} are: ${schemes.join(", ")}.`);
  };
  const wanted = { api: description.api, names: schemes, noun: "a credential", unknown };
  const values = Object.entries(namedValues(wanted, given, env));
  return Object.fromEntries(values.map(([scheme, value]) => [scheme, shaped(description, scheme, value)]));
}

function shaped({ document }: Description, scheme: string, value: string): Credential {
  const place = below(rootOf(document), "components", "securitySchemes", scheme);
  const object = place && settled<SecuritySchemeObject>(document, place).value;
  if (object?.type !== "http" || object.scheme?.toLowerCase() !== "basic") return value;
  const [username = "", ...password] = value.split(":");
  return { username, password: password.join(":") };
}
