import type { Run } from "../context.js";
import { isRead, selectOperations } from "../select.js";
import { inputsOf } from "../workflows/inputs.js";
import { readWorkflows, type Workflow, type WorkflowFile } from "../workflows/read-workflows.js";
import { RespectMissingError, respectCommand } from "../workflows/respect.js";
import { runFile, type WorkflowOutcome } from "../workflows/run-file.js";
import type { Task } from "./task.js";

/**
 * The documented workflows of an API, run by `redocly respect`: those whose operations are all verified, and whose inputs
 * are known.
 *
 * @param outcomes takes how each workflow has ended, those included that are not run.
 * @throws RespectMissingError if nothing but workflows is wanted, and `@redocly/cli` is not installed.
 */
export function workflowTasks(run: Run, outcomes: WorkflowOutcome[]): Task[] {
  const { workflows = "without" } = run.settings;
  if (workflows === "without") return [];
  const isInstalled = respectCommand() !== undefined;
  if (!isInstalled && workflows === "only") throw new RespectMissingError();
  return readWorkflows(run.description).flatMap((file): Task[] => {
    const reasons = file.workflows.flatMap((workflow) => reasonAgainst(run, workflow, isInstalled) ?? []);
    const [reason] = reasons;
    if (reason === undefined) return [taskFor(run, file, outcomes)];
    outcomes.push(...file.workflows.map(({ workflowId }) => ({ workflowId, outcome: "not run" as const, reason })));
    return [];
  });
}

function taskFor(run: Run, file: WorkflowFile, outcomes: WorkflowOutcome[]): Task {
  const { inputs: given = {}, credentials } = run.settings;
  const inputs = Object.assign({}, ...file.workflows.map((workflow) => inputsOf(workflow, given, credentials)));
  for (const { inputs: known } of file.workflows) {
    for (const [name, scheme] of known) {
      const value = inputs[name];
      if (value !== undefined && (scheme !== undefined || run.redaction.isSensitive(name))) run.redaction.add(value);
    }
  }
  const [first] = file.workflows.flatMap(({ operations }) => operations);
  return {
    operationId: first ?? "",
    priority: 7,
    run: async () => void outcomes.push(...(await runFile(run, file, inputs))),
  };
}

function reasonAgainst(run: Run, workflow: Workflow, isInstalled: boolean): string | undefined {
  const { settings, description } = run;
  const { inputs: given = {}, credentials, write } = settings;
  const { selected } = selectOperations(description, { ...settings, write: true });
  const chosen = new Set(selected.map(({ operationId }) => operationId));
  const operations = description.operations.filter((one) => workflow.operations.includes(one.operationId));
  if (!workflow.operations.every((operationId) => chosen.has(operationId))) return NOT_SELECTED;
  if (!write && !operations.every(isRead)) return "can change something: needs --write";
  const known = inputsOf(workflow, given, credentials);
  const missing = workflow.required.filter((name) => known[name] === undefined);
  if (missing.length > 0) return `no value for ${missing.map((name) => `--input ${name}`).join(", ")}`;
  return isInstalled ? undefined : new RespectMissingError().message;
}

/** Nobody asked for it. */
export const NOT_SELECTED = "not selected";
