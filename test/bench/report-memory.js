import { writeFileSync } from "node:fs";
import { isMainThread } from "node:worker_threads";

// Loaded before the measured program, which must not start another one: the later to end would overwrite the report.
const file = process.env.PEAK_REPORT;
if (file && isMainThread) {
  process.on("exit", () => {
    const bytes = process.resourceUsage().maxRSS * 1024;
    writeFileSync(file, String(bytes));
  });
}
