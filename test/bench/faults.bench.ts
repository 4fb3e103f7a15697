import { main, readArguments } from "../../scripts/arguments.js";
import { StatusLine, table } from "../../scripts/terminal.js";
import { startMock } from "../../src/mock/index.js";
import { CATALOGUE, sentenceOf } from "../verify/catalogue/index.js";
import { byScope, scopeOf } from "../verify/inject.js";
import { cleanTrial, PEERS, type Trial, trial } from "./faults/contest.js";
import { writeDocument } from "./faults/document.js";
import { outcomes, type Row, totals } from "./faults/outcomes.js";

// Mistakes made on purpose, one at a time, between a mock and the verifier: which ones it catches and by which name, and
// what it finds in the same place where nothing is wrong; and beside it what others make of the same.

const usage = `Usage: npm run bench:faults [-- options]

Makes every mistake of the catalogue, and prints which ones "agent-apis verify"
catches, beside "redocly respect", "redocly drift" and Prism's proxy.

  --own    leave the others out, which take most of the time
  --write  write the tables into docs/guides/faults.md
  --help   print this
`;

await main(usage, async () => {
  const parsed = readArguments(usage, { own: { type: "boolean" }, write: { type: "boolean" } });
  if (!parsed) return;
  const withPeers = parsed.values.own !== true;
  const status = new StatusLine(process.stderr);
  const start = performance.now();
  const mock = await startMock({ port: 0, onAccess: () => {} });
  const clean = new Map<string, Trial>();
  const rows: Row[] = [];
  try {
    for (const fault of byScope(CATALOGUE)) {
      if (process.stderr.isTTY) status.show(`nothing wrong with ${fault.api}: ${fault.only.join(", ")}`);
      clean.set(scopeOf(fault), await cleanTrial(fault, mock.baseUrls[fault.api] ?? "", withPeers));
    }
    for (const fault of CATALOGUE) {
      if (process.stderr.isTTY) status.show(`${fault.api}: ${sentenceOf(fault)}`);
      const usual = clean.get(scopeOf(fault));
      if (!usual) throw new Error("Every scope is verified where nothing is wrong.");
      rows.push(outcomes(fault, await trial(fault, mock.baseUrls[fault.api] ?? "", withPeers), usual));
    }
  } finally {
    status.clear();
    await mock.close();
  }
  const tools = ["agent-apis", ...(withPeers ? PEERS : [])] as const;
  const yes = (value: boolean) => (value ? "yes" : "no");
  const lines = rows.map(({ fault, found, caught }) => [
    fault.api,
    sentenceOf(fault),
    caught["agent-apis"] ? fault.checks.join(", ") : `${fault.checks.join(", ")}, but found: ${found || "nothing"}`,
    ...tools.map((tool) => yes(caught[tool])),
  ]);
  process.stdout.write(`${table([["API", "mistake", "check", ...tools], ...lines], [])}\n\n`);
  const sums = totals(rows, [...clean.values()], tools);
  const counts = sums.map((one) => [one.tool, one.caught, one.missed, one.falsely, one.ofRequests].map(String));
  const heading = ["", "caught", "missed", "falsely found", "about wrong requests"];
  process.stdout.write(`${table([heading, ...counts], [1, 2, 3, 4])}\n\n`);
  for (const peer of withPeers ? PEERS : []) {
    const said = [...clean.values()].flatMap(({ peers }) => peers[peer]).filter(({ ofRequest }) => !ofRequest);
    for (const text of new Set(said.map((one) => one.text))) process.stdout.write(`${peer} says falsely: ${text}\n`);
  }
  process.stdout.write(`${((performance.now() - start) / 1000).toFixed(0)} s.\n`);
  if (parsed.values.write && withPeers) await writeDocument(rows, sums);
  const [own] = sums;
  if (own && own.missed + own.falsely > 0) process.exitCode = 1;
});
