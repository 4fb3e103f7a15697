import type { Credentials, Description } from "../../testing/index.js";
import { namedValues } from "../named-values.js";
import { UnknownNameError } from "../unknown-name.js";
import { readWorkflows, type Workflow } from "./read-workflows.js";

/** An input was given that no workflow of the API has. */
export class InputError extends UnknownNameError {
  override readonly name = "InputError";
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
  const unknown = (name: string | undefined) => {
    const what = name === undefined ? "An input is given as name=value." : `No workflow has an input "${name}".`;
    return new InputError(what, name ?? "", known);
  };
  return namedValues({ api: description.api, names: known, noun: "an input", unknown }, given, env);
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
