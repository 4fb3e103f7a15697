import { type Description, findOperation, loadDescription } from "../testing/index.js";
import { type Run, report, type Undecided } from "./context.js";
import { har } from "./har.js";
import { judgingOf } from "./judging.js";
import { answerTasks } from "./layers/answers.js";
import { caseTasks } from "./layers/cases.js";
import { fuzzTasks } from "./layers/fuzz.js";
import { itemTasks } from "./layers/items.js";
import { lifecycleTasks } from "./layers/lifecycle.js";
import { methodTasks } from "./layers/methods.js";
import { pageTasks } from "./layers/pages.js";
import type { Task } from "./layers/task.js";
import { workflowTasks } from "./layers/workflows.js";
import { type Settings, settingsOf, type VerifyOptions } from "./options.js";
import { runAll } from "./pool.js";
import { shuffled } from "./random.js";
import type { Verification } from "./report.js";
import { isParting, selectOperations } from "./select.js";
import { Sender } from "./sender.js";
import { probe } from "./unreachable.js";
import type { WorkflowOutcome } from "./workflows/run-file.js";

/**
 * Verifies that a server is as a description says, with requests that are made from the description alone.
 *
 * @param source the name of an API of this package, or an OpenAPI document; see `loadDescription`.
 * @returns the report, and the exchanges as an HTTP Archive.
 * @throws UnreachableError if nothing answers at `options.server`; SelectionError if `only`, `skip` or `tags` name something
 *   that does not exist; FuzzMissingError if `fuzz` is asked for and `fast-check` is not installed.
 */
export async function verify(source: string | object, options: VerifyOptions): Promise<Verification> {
  const settings = settingsOf({ ...options, server: options.server.replace(/\/$/, "") });
  const description = loadDescription(source);
  const { selected, leftOut } = selectOperations(description, settings);
  const judging = await judgingOf(description, settings, settings.credentials);
  const { redaction } = judging;
  const sender = new Sender(description, settings, judging.facts.rateLimit.retryAfter ?? "Retry-After");
  const run: Run = { ...judging, selected, sender, undecided: [] };
  const started = new Date();
  const start = performance.now();
  await probe(settings);
  const workflows: WorkflowOutcome[] = [];
  const notRun = await runPhases(run, settings, workflows);
  findLeaks(run);
  const { title, version } = description.document.info;
  const { ended } = sender;
  return {
    har: () => har(sender.log, redaction),
    report: {
      api: description.api,
      title,
      version,
      server: settings.server,
      source: "sent",
      started,
      durationMs: performance.now() - start,
      seed: settings.seed,
      strict: settings.strict,
      requests: sender.log.length,
      operations: selected.map(({ operationId }) => operationId),
      leftOut,
      findings: run.findings.list(idsOf(description)),
      undecided: summed(run.undecided),
      unmatched: [],
      coverage: run.coverage.summary(selected),
      workflows,
      // An end that nothing was waiting for is none.
      ...(ended && (notRun > 0 || ended !== "budget") ? { ended } : {}),
      notRun,
    },
  };
}

async function runPhases(run: Run, settings: Settings, outcomes: WorkflowOutcome[]): Promise<number> {
  const isOver = () => run.sender.ended !== undefined;
  const workflows = workflowTasks(run, outcomes);
  const phases = settings.workflows === "only" ? [] : await ownPhases(run, settings);
  // Workflows can log out; what may end the credential of all others comes last of all.
  const last = phases.pop();
  const ordered: Phase[] = [...phases, [workflows, 1], ...(last ? [last] : [])];
  const total = ordered.reduce((sum, [tasks]) => sum + tasks.length, 0);
  let done = 0;
  const counted = (task: Task): Task => ({
    ...task,
    run: async () => {
      await task.run();
      done++;
      settings.onProgress?.({ done, total, errors: run.findings.errors, operationId: task.operationId });
    },
  });
  let notRun = 0;
  for (const [tasks, width] of ordered) notRun += await runAll(tasks.map(counted), width, isOver);
  return notRun;
}

/** Tasks that run side by side, and how many at once. */
type Phase = [tasks: readonly Task[], width: number];

/** The steps that are made from the description alone. */
async function ownPhases(run: Run, settings: Settings): Promise<Phase[]> {
  const parting = new Set(run.selected.filter(isParting).map(({ operationId }) => operationId));
  const cases = (await Promise.all(run.selected.map((operation) => caseTasks(run, operation)))).flat();
  const answers = settings.answers
    ? (await Promise.all(run.selected.map((operation) => answerTasks(run, operation)))).flat()
    : [];
  const fuzz = settings.fuzz > 0 ? await fuzzTasks(run) : [];
  const ordered = byPriority(shuffled([...cases, ...methodTasks(run), ...answers], settings.seed));
  // What creates and deletes comes alone, and what may end the credential comes last.
  return [
    [ordered.filter(({ operationId }) => !parting.has(operationId)), settings.concurrency],
    [[...itemTasks(run), ...pageTasks(run)], 1],
    [lifecycleTasks(run), 1],
    [fuzz.filter(({ operationId }) => !parting.has(operationId)), settings.concurrency],
    [[...ordered, ...fuzz].filter(({ operationId }) => parting.has(operationId)), settings.concurrency],
  ];
}

/** Only when everything has come is it known which values are secrets. */
function findLeaks(run: Run): void {
  for (const exchange of run.sender.log) {
    const operation = findOperation(run.description, exchange.operationId);
    report(run, operation, exchange.made, exchange, run.secrets.seenAgain(operation, exchange));
  }
}

function byPriority(tasks: readonly Task[]): Task[] {
  return [...tasks].sort((a, b) => a.priority - b.priority);
}

function idsOf({ operations }: Description): string[] {
  return operations.map(({ operationId }) => operationId);
}

/** The same reason for many cases of one operation is said once. */
function summed(undecided: readonly Undecided[]): Undecided[] {
  const groups = new Map<string, Undecided[]>();
  for (const one of undecided) {
    const key = `${one.operationId}\n${one.reason}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    return group.length === 1 ? [first] : [{ ...first, label: `${group.length} requests, such as ${first.label}` }];
  });
}
