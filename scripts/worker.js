// A worker thread does not inherit tsx from the main thread on Node 20, so it registers it before the real entry.
import { register } from "tsx/esm/api";

register();
await import(new URL("./worker-thread.ts", import.meta.url).href);
