import "./guard.js";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { inspect } from "node:util";

// Runs many modules, one after another, and tells of each what it printed.
for (const file of process.argv.slice(2)) {
  let stdout = "";
  let stderr = "";
  /** @type {(...args: any[]) => boolean} */
  const collect = (chunk, ...rest) => {
    stdout += typeof chunk === "string" ? chunk : new TextDecoder().decode(chunk);
    rest.find((argument) => typeof argument === "function")?.();
    return true;
  };
  const streams = [process.stdout, process.stderr];
  const writes = streams.map((stream) => stream.write);
  for (const stream of streams) stream.write = collect;
  let exitCode = 0;
  try {
    await import(pathToFileURL(file).href);
    exitCode = Number(process.exitCode ?? 0);
  } catch (error) {
    stderr = `${inspect(error)}\n`;
    exitCode = 1;
  }
  for (const [index, stream] of streams.entries()) stream.write = writes[index] ?? stream.write;
  process.exitCode = undefined;
  process.send?.({ file, stdout, stderr, exitCode });
}
