import { Worker } from "node:worker_threads";
import type { OpenApiDocument } from "./openapi.js";
import type { run as checkConventions } from "./threads/conventions.js";
import type { run as compileTypes } from "./threads/types.js";

/** The work that is done beside the main thread, because its libraries take longest to load. */
interface Tasks {
  conventions: typeof checkConventions;
  types: typeof compileTypes;
}

type TaskName = keyof Tasks;
type Result<Name extends TaskName> = Awaited<ReturnType<Tasks[Name]>>;

interface Answer {
  id: number;
  value?: unknown;
  error?: string;
}

/** One thread for each kind of task, started when first needed. */
export class Workers {
  readonly #threads = new Map<TaskName, Worker>();
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  #next = 0;
  #failure: Error | undefined;

  constructor(readonly root: string) {}

  /** Starts a thread early, so that its libraries load while something else goes on. */
  prepare(name: TaskName): void {
    this.#thread(name);
  }

  /** Runs a task on its thread. Tasks of one kind run one after another. */
  run<Name extends TaskName>(name: Name, api: string, document: OpenApiDocument): Promise<Result<Name>> {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      if (this.#failure) return reject(this.#failure);
      this.#waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
      this.#thread(name).postMessage({ id, root: this.root, api, document });
    });
  }

  /** Ends all threads. What still runs is given up. */
  async close(): Promise<void> {
    const threads = [...this.#threads.values()];
    this.#threads.clear();
    await Promise.all(threads.map((thread) => thread.terminate()));
  }

  #thread(name: TaskName): Worker {
    const running = this.#threads.get(name);
    if (running) return running;
    const thread = new Worker(new URL("./threads/thread.js", import.meta.url), { workerData: name });
    this.#threads.set(name, thread);
    thread.on("message", ({ id, value, error }: Answer) => {
      const caller = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error === undefined) caller?.resolve(value);
      else caller?.reject(new Error(error));
    });
    thread.on("error", (error: Error) => {
      this.#failure = error;
      for (const caller of this.#waiting.values()) caller.reject(error);
      this.#waiting.clear();
    });
    return thread;
  }
}
