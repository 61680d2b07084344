import { startedByMaking } from "@mgs/portal/testing/started-by-making";
import { expect, it } from "vitest";

it("starts no timer, socket or thread when it is made", async () => {
  expect(await startedByMaking("administration", () => import("./portal"))).toEqual([]);
});
