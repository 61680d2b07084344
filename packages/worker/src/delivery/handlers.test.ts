import { PermanentFailure } from "@mgs/jobs/delivery-attempt";
import { defineOutboxKind } from "@mgs/jobs/outbox-kind";
import { handle } from "@mgs/module/outbox";
import type { WorkerDeps } from "@mgs/module/worker-deps";
import { expect, it, vi } from "vitest";
import { z } from "zod";
import { loadHandlers } from "./handlers";

const noted = defineOutboxKind({ kind: "notes.noted", queue: "default", payload: z.object({ text: z.string() }) });
const deps = {} as WorkerDeps;
const attempt = { id: "1", notificationId: null, row: {}, logger: {} as WorkerDeps["logger"] };

it("passes a handler the payload as its kind's schema parses it", async () => {
  const handler = vi.fn(async () => undefined);
  const handlers = await loadHandlers([{ name: "notes", outbox: [handle(noted, async () => handler)] }]);
  await handlers.get("notes.noted")?.handle(deps, { ...attempt, payload: { text: "a", older: true } });
  expect(handler).toHaveBeenCalledExactlyOnceWith(deps, { ...attempt, payload: { text: "a" } });
});

it("fails permanently when the payload does not fit its kind's schema", async () => {
  const handler = vi.fn(async () => undefined);
  const handlers = await loadHandlers([{ name: "notes", outbox: [handle(noted, async () => handler)] }]);
  const delivered = handlers.get("notes.noted")?.handle(deps, { ...attempt, payload: { text: 1 } });
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
