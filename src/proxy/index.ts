/** A recording proxy that judges what passes. Needs the optional peer dependencies `ajv` and `ajv-formats`. */

export type { ProxyEntry, ProxyFinding } from "./entry.js";
export type { ProxyOptions, RunningProxy } from "./options.js";
export { startProxy } from "./start.js";
