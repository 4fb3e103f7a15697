import { expect, test } from "vitest";
import { deliveryLine } from "../../src/cli/delivery-line.js";
import type { Delivery } from "../../src/mock/index.js";

const delivery: Delivery = {
  time: new Date(2025, 0, 2, 3, 4, 5),
  api: "shop",
  event: "item.created",
  to: "http://127.0.0.1:3000/",
  signed: true,
  durationMs: 1.4,
};

test("a line has the receiver's status and the event, in the columns of requests", () => {
  expect(deliveryLine({ ...delivery, status: 200 }, true)).toBe("03:04:05 SENT   200   1 ms  item.created");
});

test("a receiver that could not be reached has no status but a reason", () => {
  const line = deliveryLine({ ...delivery, error: `connect ECONNREFUSED\n${"x".repeat(100)}` }, true);
  expect(line).toMatch(/^03:04:05 SENT {3}--- {3}1 ms {2}item\.created {2}connect ECONNREFUSED\ufffdx+…$/);
  expect(line).toHaveLength(80);
});
