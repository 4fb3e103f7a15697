import { table } from "../../scripts/terminal.js";
import { startMock } from "../../src/mock/index.js";
import { CATALOGUE } from "../verify/catalogue/index.js";
import { inject, withoutFault } from "../verify/inject.js";

// Mistakes made on purpose, one at a time, between a mock and the verifier: which ones it catches and by which name, and
// what it finds in the same place where nothing is wrong.

const mock = await startMock({ port: 0, onAccess: () => {} });
const rows = [["API", "a server that …", "named", "caught"]];
let [caught, falsely] = [0, 0];
const start = performance.now();
for (const fault of CATALOGUE) {
  const upstream = mock.baseUrls[fault.api] ?? "";
  const found = [...new Set((await inject(fault, upstream)).map(({ check }) => check))].sort();
  const isCaught = found.join() === [...fault.checks].sort().join();
  if (isCaught) caught++;
  falsely += (await withoutFault(fault, upstream)).length;
  rows.push([
    fault.api,
    fault.name,
    fault.checks.join(", "),
    isCaught ? "yes" : `no: ${found.join(", ") || "nothing found"}`,
  ]);
}
await mock.close();
const seconds = ((performance.now() - start) / 1000).toFixed(1);
process.stdout.write(
  `${table(rows, [])}\n\n${caught} of ${CATALOGUE.length} caught and named rightly, ${falsely} found where nothing is wrong, ${seconds} s.\n`,
);
if (caught < CATALOGUE.length || falsely > 0) process.exitCode = 1;
