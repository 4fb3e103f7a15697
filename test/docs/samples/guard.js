import net from "node:net";
import process from "node:process";

// Loaded before a sample, in its process: leads the addresses that a sample shows to the mock, and refuses other machines.

/** @type {[shown: string, real: string][]} */
const addresses = JSON.parse(process.env.SAMPLE_ADDRESSES ?? "[]");
const { fetch } = globalThis;

/** @param {Parameters<typeof fetch>} args */
globalThis.fetch = async (...args) => {
  const request = new Request(...args);
  const pair = addresses.find(([shown]) => request.url.startsWith(`${shown}/`));
  if (!pair) return fetch(request);
  const [shown, real] = pair;
  const response = await fetch(new Request(real + request.url.slice(shown.length), request));
  // A client keeps the cookies of the origin that it has called.
  Object.defineProperty(response, "url", { value: shown + response.url.slice(real.length), configurable: true });
  return response;
};

/** @typedef {(this: any, ...args: any[]) => any} AnyMethod */

const { connect } = net.Socket.prototype;
/** @type {AnyMethod} */
function guardedConnect(...args) {
  // Node.js itself passes its arguments as one array.
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  const host = first !== null && typeof first === "object" ? first.host : second;
  if (typeof host === "string" && !/^(127\.0\.0\.1|localhost|::1)$/.test(host)) {
    throw new Error(`A sample may not connect to ${host}.`);
  }
  return Reflect.apply(connect, this, args);
}
net.Socket.prototype.connect = guardedConnect;

const { listen } = net.Server.prototype;
/** @type {AnyMethod} */
function movedListen(...args) {
  const [port] = args;
  // Only the harness, which is at the other end of `send`, can lead other samples to another port.
  if (typeof port !== "number" || port === 0 || !process.send) return Reflect.apply(listen, this, args);
  this.once("listening", () => {
    const real = `http://127.0.0.1:${this.address().port}`;
    for (const host of ["127.0.0.1", "localhost"]) addresses.unshift([`http://${host}:${port}`, real]);
    process.send?.({ port, real });
  });
  const rest = args.slice(1).filter((arg) => typeof arg !== "string");
  return Reflect.apply(listen, this, [0, "127.0.0.1", ...rest]);
}
net.Server.prototype.listen = movedListen;
