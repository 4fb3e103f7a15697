import { setTimeout as wait } from "node:timers/promises";
import { type Addresses, restore } from "./samples/addresses.js";
import { addCommands, type Folder, makeFolder } from "./samples/folder.js";
import { runTogether, serverIn, startModule } from "./samples/modules.js";
import { isMatch } from "./samples/output.js";
import { type Running, settle } from "./samples/processes.js";
import { isTest, type Sample, type SampleResult } from "./samples/sample.js";
import { mockIn, startShell } from "./samples/shell.js";
import { startTestFile } from "./samples/test-files.js";

export { type Addresses, addressesOf } from "./samples/addresses.js";
export { problemsOf } from "./samples/output.js";
export type { Output, Sample, SampleResult } from "./samples/sample.js";
export { typeErrors } from "./samples/types.js";

/** How to run samples. */
export interface RunOptions {
  /** Where the addresses that samples use lead. A request to any other machine fails. */
  readonly addresses: Addresses;
  /** What samples find in the environment, such as keys. */
  readonly env?: Readonly<Record<string, string>>;
  /**
   * Run the modules in one process, at a twentieth of the time; false by default. Only for samples that do not depend on
   * another, do not start a server and do not end the process.
   */
  readonly together?: boolean;
  /** How long one sample may take, in milliseconds; 60 s by default. */
  readonly timeoutMs?: number;
}

/**
 * Runs samples in their order, in one folder that is removed at the end.
 *
 * - `ts` is a module of a project that has installed this package. One that imports from "vitest" is a test file.
 * - `sh` is run by bash, with the machine's curl, this package's command as `agent-apis` and `npx agent-apis`, and an
 *   `npm install` that looks whether package.json has what is asked for. The first command that fails ends it.
 * - A sample that starts a server is over when that listens; the server goes on until all samples are over. Whatever port it
 *   names, it gets a free one, and later samples reach at that port the server that named it last.
 *   In `sh` such a server is `npx agent-apis mock`, in the foreground: it is ready when it says how to stop it, and what it
 *   prints later is not part of the output. In `ts` it is any that listens on a number, and all that it prints counts.
 *
 * What is printed has the addresses that the samples show. Types are not looked at: {@link typeErrors} does that for many at
 * once, which is faster.
 */
export async function runSamples(samples: readonly Sample[], options: RunOptions): Promise<SampleResult[]> {
  const folder = await makeFolder();
  const servers: Server[] = [];
  try {
    if (samples.some(({ language }) => language === "sh")) await addCommands(folder);
    for (const { files = {} } of samples) {
      for (const [name, content] of Object.entries(files)) await folder.write(name, content);
    }
    const { together = false, addresses, env, timeoutMs = 60_000 } = options;
    const first = together ? samples.filter((sample) => sample.language === "ts" && !isTest(sample)) : [];
    const results = new Map<string, () => SampleResult>();
    for (const result of first.length > 0 ? await runTogether(first, folder, { addresses, env, timeoutMs }) : []) {
      results.set(result.id, () => result);
    }
    for (const sample of samples) {
      if (!results.has(sample.id)) results.set(sample.id, await runOne(sample, folder, servers, options));
    }
    for (const { sample, running } of servers) await lastWords(sample, running);
    return samples.map((sample) => {
      const { stdout, ...result } = results.get(sample.id)!();
      const all = [...addresses, ...servers.flatMap((server) => server.addresses)];
      return { ...result, stdout: restore(stdout, sample.code, all) };
    });
  } finally {
    for (const { running } of servers) await running.stop();
    await folder.remove();
  }
}

interface Server {
  readonly sample: Sample;
  readonly running: Running;
  readonly addresses: Addresses;
}

async function runOne(
  sample: Sample,
  folder: Folder,
  servers: Server[],
  { addresses, env = {}, timeoutMs = 60_000 }: RunOptions,
): Promise<() => SampleResult> {
  // The server that was started last is the one that has the port.
  const known = [...servers.flatMap((server) => server.addresses).reverse(), ...addresses];
  const run = sample.language === "sh" ? startShell : isTest(sample) ? startTestFile : startModule;
  const running = await run(sample, folder, known, env);
  const ready = (sample.language === "sh" ? mockIn(sample, running) : serverIn(running)).then((found) => {
    servers.push({ sample, running, addresses: found });
  });
  const outcome = await settle(running, ready, timeoutMs);
  if (outcome === undefined) await running.stop();
  const late = outcome === undefined ? `It did not end within ${timeoutMs / 1000} s.\n` : "";
  return () => ({
    id: sample.id,
    stdout: running.printed.stdout,
    stderr: running.printed.stderr + late,
    exitCode: outcome === "ready" ? 0 : (outcome ?? null),
  });
}

/** What a server prints of a request comes a moment later than the answer. */
async function lastWords({ output }: Sample, { printed }: Running): Promise<void> {
  for (let tries = 0; tries < 40; tries++) {
    if (output && isMatch(output, printed.stdout)) return;
    await wait(25);
  }
}
