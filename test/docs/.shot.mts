import { mkdirSync } from "node:fs";
import { launchChromium } from "./chromium.js";

const b = await launchChromium();
const shots = process.argv.slice(2);
for (const s of shots) {
  const [path, w = "1280", h = "1600"] = s.split(":");
  const p = await b.newPage({ viewport: { width: +w, height: +h } });
  await p.goto(`file:///tmp/c/site/${path}`);
  await p.waitForTimeout(300);
  const name = path.replace(/\W+/g, "-");
  mkdirSync("/tmp/c/shots", { recursive: true });
  await p.screenshot({ path: `/tmp/c/shots/${name}-${w}.png` });
  console.log(name, await p.evaluate("document.body.scrollHeight"));
  await p.close();
}
await b.close();
