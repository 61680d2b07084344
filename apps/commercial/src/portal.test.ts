import { listStartedResources } from "@mgs/portal/testing/list-started-resources";
import { expect, it } from "vitest";

it("starts no timer, socket or thread when it is made", async () => {
  expect(await listStartedResources("commercial", () => import("./portal"))).toEqual([]);
});
