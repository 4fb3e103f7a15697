import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../../../scripts/project.js";
import { loadDescription, placeholderCredentials } from "../../../src/testing/index.js";
import { inputsOf } from "../../../src/verify/workflows/inputs.js";
import { readWorkflows } from "../../../src/verify/workflows/read-workflows.js";
import { respect, respectCommand } from "../../../src/verify/workflows/respect.js";
import { WORKFLOW_INPUTS } from "../../verify/workflow-inputs.js";
import type { Problem } from "./problem.js";
import { archiveOf, type Exchanged, RECORDED_AT } from "./traffic.js";

/** What `redocly drift` reports about recorded exchanges. */
export async function driftProblems(api: string, log: readonly Exchanged[]): Promise<Problem[]> {
  const folder = await mkdtemp(join(tmpdir(), "agent-apis-drift-"));
  try {
    await writeFile(join(folder, "all.har"), archiveOf(log));
    const description = join(projectRoot, "generated", api, "openapi.yaml");
    const where = ["--api", description, "--server", RECORDED_AT];
    await run(["drift", "all.har", ...where, "--format", "json", "--output", "report.json"], folder);
    const { problems } = JSON.parse(await readFile(join(folder, "report.json"), "utf8")) as {
      problems: { ruleId: string; message: string; target?: string; operationId?: string }[];
    };
    return problems.map(({ ruleId, message, target, operationId }) => ({
      text: [ruleId, operationId, message].join(" "),
      ofRequest: target !== "response",
    }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Whether any workflow of an API calls one of some operations. */
export function workflowsWith(api: string, operations: readonly string[]): string[] {
  const files = readWorkflows(loadDescription(api));
  const touched = files.filter(({ workflows }) =>
    workflows.some((one) => one.operations.some((operationId) => operations.includes(operationId))),
  );
  return touched.map(({ path }) => path);
}

/** What `redocly respect` reports when it runs the workflows that call one of some operations. */
export async function respectProblems(api: string, operations: readonly string[], server: string): Promise<Problem[]> {
  const description = loadDescription(api);
  const credentials = placeholderCredentials(description);
  const wanted = workflowsWith(api, operations);
  const problems: Problem[] = [];
  for (const { path, source, workflows } of readWorkflows(description)) {
    if (!wanted.includes(path)) continue;
    const inputs = Object.assign({}, ...workflows.map((one) => inputsOf(one, WORKFLOW_INPUTS[api] ?? {}, credentials)));
    const signal = AbortSignal.timeout(60_000);
    const steps = await respect({ file: path, source, server, inputs, timeoutMs: 10_000, signal });
    for (const { workflowId, stepId, failed } of steps) {
      for (const { name } of failed) problems.push({ text: [workflowId, stepId, name].join(" "), ofRequest: false });
    }
  }
  return problems;
}

function run(args: readonly string[], cwd: string): Promise<void> {
  const command = respectCommand();
  if (!command) throw new Error("@redocly/cli is missing; run npm ci.");
  const env = { PATH: process.env.PATH, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
  const child = spawn(process.execPath, [command, ...args], { cwd, env, stdio: "ignore" });
  return new Promise((resolve, reject) => child.on("error", reject).on("close", () => resolve()));
}
