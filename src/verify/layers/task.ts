/** One step of a run. Tasks of one phase run side by side. */
export interface Task {
  readonly operationId: string;
  /** The smaller the sooner. */
  readonly priority: number;
  run(): Promise<void>;
}
