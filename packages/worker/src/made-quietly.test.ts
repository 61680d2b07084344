import { createLogger } from "@mgs/core/logger";
import { listActiveResources } from "@mgs/core/testing/list-active-resources";
import { expect, it } from "vitest";
import { UNREACHABLE } from "./testing/unreachable";

it("what the worker works with starts no timer, socket or thread when it is made", async () => {
  const started = await listActiveResources(async () => {
    const [{ createWorkerDeps }, { readEnv }] = await Promise.all([import("./create-worker-deps"), import("./env")]);
    const mailThread = new URL("./mail-thread.ts", import.meta.url);
    createWorkerDeps(readEnv(UNREACHABLE), createLogger("test", "silent"), mailThread);
  });
  expect(started).toEqual([]);
});
