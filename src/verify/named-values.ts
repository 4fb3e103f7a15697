import { readFileSync } from "node:fs";

/** A credential or an input that cannot be used, or a file with one that cannot be read. */
export class CredentialError extends Error {
  override readonly name = "CredentialError";
}

/** The environment variable that holds a value: `AGENT_APIS_HEROBRAIN_API_KEY` for the security scheme `apiKey`. */
export function credentialVariable(api: string, name: string): string {
  const words = (text: string) => text.replace(/([a-z0-9])([A-Z])/g, "$1_$2").replace(/[^A-Za-z0-9]+/g, "_");
  return `AGENT_APIS_${words(api)}_${words(name)}`.toUpperCase();
}

/** What values are wanted, and what they are called in messages. */
export interface Wanted {
  readonly api: string;
  readonly names: readonly string[];
  /** `a credential`. */
  readonly noun: string;
  /** The error for a name that is not known, or for a text without one. */
  readonly unknown: (name: string | undefined) => Error;
}

/**
 * Values that may be secrets: those given, else those of the environment, where `…_FILE` names a file.
 *
 * @param given `name=value` each, or `name=@file`.
 * @throws what `unknown` makes; CredentialError if a file cannot be read. No value is in a message.
 */
export function namedValues(
  { api, names, noun, unknown }: Wanted,
  given: readonly string[],
  env: NodeJS.ProcessEnv,
): Record<string, string> {
  const values: Record<string, string> = {};
  for (const name of names) {
    const variable = credentialVariable(api, name);
    const file = env[`${variable}_FILE`];
    const value = env[variable] ?? (file === undefined ? undefined : read(file, noun));
    if (value) values[name] = value;
  }
  for (const one of given) {
    const at = one.indexOf("=");
    const name = at < 0 ? undefined : one.slice(0, at);
    if (name === undefined || !names.includes(name)) throw unknown(name);
    const value = one.slice(at + 1);
    values[name] = value.startsWith("@") ? read(value.slice(1), noun) : value;
  }
  return values;
}

function read(file: string, noun: string): string {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    throw new CredentialError(`The file ${file}, which should hold ${noun}, cannot be read.`);
  }
}
