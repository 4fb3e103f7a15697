import { writeFileSync } from "node:fs";
import { isMainThread } from "node:worker_threads";

// Loaded before the measured program, which must not start another one: the later to end would overwrite the report.
const file = process.env.PEAK_REPORT;
if (file && isMainThread) {
  process.on("exit", () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    const report = { peakBytes: maxRSS * 1024, processorMilliseconds: (userCPUTime + systemCPUTime) / 1000 };
    writeFileSync(file, JSON.stringify(report));
  });
}
