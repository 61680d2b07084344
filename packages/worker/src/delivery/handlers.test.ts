import { PermanentFailure } from "@mgs/jobs/attempt";
import { defineOutboxKind } from "@mgs/jobs/outbox-kind";
import { handle } from "@mgs/module/outbox";
import type { WorkerDeps } from "@mgs/module/worker-deps";
import { expect, it, vi } from "vitest";
import { z } from "zod";
import { loadHandlers } from "./handlers";

const noted = defineOutboxKind({ kind: "notes.noted", queue: "default", payload: z.object({ text: z.string() }) });
const deps = {} as WorkerDeps;
const attempt = { id: "1", notificationId: null, row: {}, logger: {} as WorkerDeps["logger"] };

it("gives a handler the payload that its kind's schema reads", async () => {
  const handler = vi.fn(async () => undefined);
  const handlers = await loadHandlers([{ name: "notes", outbox: [handle(noted, async () => handler)] }]);
  await handlers.get("notes.noted")?.(deps, { ...attempt, payload: { text: "a", older: true } });
  expect(handler).toHaveBeenCalledExactlyOnceWith(deps, { ...attempt, payload: { text: "a" } });
});

it("gives no handler a payload that is not its kind's, and no attempt mends that", async () => {
  const handler = vi.fn(async () => undefined);
  const handlers = await loadHandlers([{ name: "notes", outbox: [handle(noted, async () => handler)] }]);
  const delivered = handlers.get("notes.noted")?.(deps, { ...attempt, payload: { text: 1 } });
  await expect(delivered).rejects.toThrow(new PermanentFailure("the payload is not that of notes.noted"));
  expect(handler).not.toHaveBeenCalled();
});

it("refuses a kind that two modules handle", async () => {
  const outbox = [handle(noted, async () => async () => undefined)];
  const modules = [
    { name: "notes", outbox },
    { name: "memos", outbox },
  ];
  await expect(loadHandlers(modules)).rejects.toThrow("memos handles notes.noted");
});
