import "./guard.js";
import process from "node:process";
import { pathToFileURL } from "node:url";

// Runs one module, and tells when it has been evaluated: a server that it started goes on behind that.
// A terminal shows what is written to stderr in its place between the rest; uncaught errors do not come this way.
process.stderr.write = process.stdout.write.bind(process.stdout);
const [, , file = ""] = process.argv;
await import(pathToFileURL(file).href);
process.send?.({ evaluated: true });
