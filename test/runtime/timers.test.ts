import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { sleep, startTimer } from "../../runtime/timers.js";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const days = 24 * 60 * 60 * 1000;

test("a wait of 30 days does not overflow the timer and end at once", () => {
  const spy = vi.spyOn(globalThis, "setTimeout");
  const fire = vi.fn();
  startTimer(30 * days, fire);
  vi.advanceTimersByTime(30 * days - 1);
  expect(fire).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(fire).toHaveBeenCalledOnce();
  expect(Math.max(...spy.mock.calls.map(([, ms]) => ms ?? 0))).toBeLessThanOrEqual(2 ** 31 - 1);
});

test("a stopped timer leaves nothing behind, also after its first part", () => {
  const fire = vi.fn();
  const stop = startTimer(30 * days, fire);
  vi.advanceTimersByTime(26 * days);
  stop();
  expect(vi.getTimerCount()).toBe(0);
  expect(fire).not.toHaveBeenCalled();
});

test("an infinite time starts no timer", () => {
  startTimer(Number.POSITIVE_INFINITY, () => {});
  expect(vi.getTimerCount()).toBe(0);
});

test("an abort ends a wait at once and clears its timer", async () => {
  const controller = new AbortController();
  const waiting = sleep(30 * days, controller.signal);
  expect(vi.getTimerCount()).toBe(1);
  controller.abort(new Error("enough"));
  await expect(waiting).rejects.toThrow("enough");
  expect(vi.getTimerCount()).toBe(0);
});

test("a signal that is aborted already ends a wait before it begins", async () => {
  await expect(sleep(1000, AbortSignal.abort(new Error("early")))).rejects.toThrow("early");
  expect(vi.getTimerCount()).toBe(0);
});
