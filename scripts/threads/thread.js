import { parentPort, workerData } from "node:worker_threads";

// The heavy libraries run in threads of their own. This folder is plain JavaScript, because a thread would have to load
// tsx first, and everything that it then imports would take twice as long.

/** @type {{ preload(): unknown, run(root: string, api: string, document: object): Promise<unknown> }} */
const task = await import(`./${workerData}.js`);

// The library loads while the main thread still lints.
void task.preload();

parentPort?.on("message", async ({ id, root, api, document }) => {
  try {
    parentPort?.postMessage({ id, value: await task.run(root, api, document) });
  } catch (error) {
    parentPort?.postMessage({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
