import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../package-root.js";
import type { Description } from "../../testing/index.js";
import { isObject } from "../../testing/json.js";
import { schemesOfInputs } from "./schemes-of-inputs.js";

/** A workflow of an Arazzo document (Arazzo 1.0.1, Workflow Object), as far as running it takes. */
export interface Workflow {
  readonly workflowId: string;
  /** The inputs without which it cannot run. */
  readonly required: readonly string[];
  /** Every input that it knows, with the security scheme whose credential it takes, if it takes one. */
  readonly inputs: ReadonlyMap<string, string | undefined>;
  /** The ids of the operations that it calls. */
  readonly operations: readonly string[];
}

/** An Arazzo document with its workflows. */
export interface WorkflowFile {
  /** Its absolute path. */
  readonly path: string;
  /** What it calls the API. */
  readonly source: string;
  readonly workflows: readonly Workflow[];
}

/** The workflows of an API of this package, in the order of their files; none for any other description. */
export function readWorkflows(description: Description): WorkflowFile[] {
  const folder = join(packageRoot, "generated", description.api, "workflows");
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => file.endsWith(".arazzo.json"));
  return files.sort().map((file) => {
    const document: unknown = JSON.parse(readFileSync(join(folder, file), "utf8"));
    const { workflows = [], sourceDescriptions = [] } = document as Record<string, Record<string, unknown>[]>;
    return {
      path: join(folder, file.replace(/\.json$/, ".yaml")),
      source: String(sourceDescriptions[0]?.name),
      workflows: workflows.map((workflow) => workflowOf(description, workflow)),
    };
  });
}

function workflowOf(description: Description, workflow: Record<string, unknown>): Workflow {
  const inputs = isObject(workflow.inputs) ? workflow.inputs : {};
  const properties = isObject(inputs.properties) ? inputs.properties : {};
  const schemes = schemesOfInputs(description, workflow);
  const steps = Array.isArray(workflow.steps) ? workflow.steps.filter(isObject) : [];
  const hasDefault = (name: string) => isObject(properties[name]) && properties[name].default !== undefined;
  return {
    workflowId: String(workflow.workflowId),
    required: (Array.isArray(inputs.required) ? inputs.required.map(String) : []).filter((name) => !hasDefault(name)),
    inputs: new Map(Object.keys(properties).map((name) => [name, schemes.get(name)])),
    // An operation can be named with the source that it is in: $sourceDescriptions.<name>.<operationId>.
    operations: steps.flatMap(({ operationId }) =>
      typeof operationId === "string" ? (operationId.split(".").at(-1) ?? []) : [],
    ),
  };
}
