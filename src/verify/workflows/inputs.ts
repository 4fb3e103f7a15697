import { readFileSync } from "node:fs";
import type { Credentials, Description } from "../../testing/index.js";
import { CredentialError, credentialVariable } from "../credentials.js";
import { readWorkflows, type Workflow } from "./read-workflows.js";

/** An input was given that no workflow of the API has. */
export class InputError extends Error {
  override readonly name = "InputError";

  /**
   * @param message what is wrong.
   * @param given the name.
   * @param known the names there are.
   */
  constructor(
    message: string,
    readonly given: string,
    readonly known: readonly string[],
  ) {
    super(message);
  }
}

/**
 * Collects the values for inputs of workflows: those given, else those of the environment, as credentials are.
 *
 * @param given `name=value` each, or `name=@file`.
 * @throws InputError if no workflow has such an input; CredentialError if a file cannot be read. No value is in a message.
 */
export function inputsFor(
  description: Description,
  given: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
  const workflows = readWorkflows(description).flatMap((file) => file.workflows);
  const known = [...new Set(workflows.flatMap(({ inputs }) => [...inputs.keys()]))];
  const values: Record<string, string> = {};
  for (const name of known) {
    const variable = credentialVariable(description.api, name);
    const file = env[`${variable}_FILE`];
    const value = env[variable] ?? (file === undefined ? undefined : read(file));
    if (value) values[name] = value;
  }
  for (const one of given) {
    const at = one.indexOf("=");
    const name = at < 0 ? "" : one.slice(0, at);
    if (!known.includes(name)) {
      const what = at < 0 ? "An input is given as name=value." : `No workflow has an input "${name}".`;
      throw new InputError(what, name, known);
    }
    const value = one.slice(at + 1);
    values[name] = value.startsWith("@") ? read(value.slice(1)) : value;
  }
  return values;
}

/** The inputs of a workflow that are known: those given, and the credentials that it takes. */
export function inputsOf(
  { inputs }: Workflow,
  given: Readonly<Record<string, string>>,
  credentials: Credentials,
): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, scheme] of inputs) {
    const credential = scheme === undefined ? undefined : credentials[scheme];
    const value = given[name] ?? (typeof credential === "string" ? credential : undefined);
    if (value !== undefined) values[name] = value;
  }
  return values;
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    throw new CredentialError(`The file ${file}, which should hold an input, cannot be read.`);
  }
}
