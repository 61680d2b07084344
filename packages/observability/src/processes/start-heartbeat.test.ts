import { createLogger } from "@mgs/core/logger";
import type { Database } from "@mgs/db/client";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { startHeartbeat } from "./start-heartbeat";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A database whose statements wait until the test resolves them. */
function heldDatabase() {
  const statements: { sql: string; finish: () => void }[] = [];
  const $executeRaw = (parts: TemplateStringsArray) =>
    new Promise<number>((resolve) => statements.push({ sql: parts.join("?"), finish: () => resolve(1) }));
  return { statements, database: { $executeRaw } as unknown as Database };
}

it("writes one heartbeat at a time, so that none is written after stop", async () => {
  const { statements, database } = heldDatabase();
  const logger = createLogger("test", "error", { write: () => undefined });
  const heartbeat = startHeartbeat({ database, logger }, "worker", 20);
  await vi.advanceTimersByTimeAsync(100);
  expect(statements).toHaveLength(1);

  const stopped = heartbeat.stop();
  await vi.advanceTimersByTimeAsync(100);
  expect(statements).toHaveLength(1);
  statements[0]?.finish();
  await vi.advanceTimersByTimeAsync(0);
  expect(statements.map((statement) => statement.sql.trim().split(" ")[0])).toEqual(["INSERT", "DELETE"]);
  statements[1]?.finish();
  await stopped;
});

it("writes the next heartbeat once a slow one has ended", async () => {
  const { statements, database } = heldDatabase();
  const logger = createLogger("test", "error", { write: () => undefined });
  startHeartbeat({ database, logger }, "worker", 20);
  await vi.advanceTimersByTimeAsync(100);
  statements[0]?.finish();
  await vi.advanceTimersByTimeAsync(20);
  expect(statements).toHaveLength(2);
});
