import { parentPort, workerData } from "node:worker_threads";
import type { OpenApiDocument } from "./openapi.js";
import { preload, tasks } from "./worker-tasks.js";

const task = workerData as keyof typeof tasks;
void preload[task]();

parentPort?.on(
  "message",
  async ({ id, root, api, document }: { id: number; root: string; api: string; document: OpenApiDocument }) => {
    try {
      parentPort?.postMessage({ id, value: await tasks[task](root, api, document) });
    } catch (error) {
      parentPort?.postMessage({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  },
);
