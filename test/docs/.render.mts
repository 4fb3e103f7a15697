import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { makeSite } from "/work/main/scripts/docs/docs.js";
import { builtApis, writtenGuides } from "/work/main/test/docs/site.js";

const t = performance.now();
const site = await makeSite({ apis: await builtApis(), guides: await writtenGuides() });
console.log("rendered", Math.round(performance.now() - t), "ms", site.files.size);
for (const f of site.findings) console.log(f.page?.address ?? "", f.message, f.mend);
for (const [p, c] of site.files) {
  mkdirSync(dirname(`/tmp/c/site/${p}`), { recursive: true });
  writeFileSync(`/tmp/c/site/${p}`, c);
}
