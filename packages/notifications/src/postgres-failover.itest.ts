import type { ClientActor, UserActor } from "@mgs/core/actor";
import { createTcpSwitch } from "@mgs/core/testing/tcp-switch";
import { createDatabase, databaseTakesWrites } from "@mgs/db/client";
import { isDatabaseAway } from "@mgs/db/database-away";
import { expect, it, onTestFinished } from "vitest";
import { startPostgresPair } from "../../../tooling/src/testing/postgres-pair";
import { noSendLimiter } from "./send-limiter";
import { sendNotification } from "./send-notification";
import { portalUrls } from "./testing/fixture";
import { updateNotification } from "./update-notification";

const POOL_SIZE = 6;
/** Behaves like PostgreSQL before version 14, or a pooler: the client learns of a failover by the answers alone. */
const withoutReports = (said: Buffer) =>
  Buffer.from(
    said.toString("latin1").replaceAll("default_transaction_read_only", "default_transaction_read_????"),
    "latin1",
  );

it.each([
  ["reports that it takes no writes", undefined],
  ["answers 25006 alone", withoutReports],
])("writes go to the promoted server while the old one stays up and %s", async (_, rewrite) => {
  const pair = await startPostgresPair();
  const address = await createTcpSwitch(pair.primaryPort, rewrite);
  const left: string[] = [];
  const database = createDatabase(pair.urlOf(address.port), POOL_SIZE, (reason) => left.push(reason));
  onTestFinished(async () => {
    await database.$disconnect();
    address.close();
    await pair.stop();
  });
  await database.user.create({ data: { id: 1, email: "a@mgs.mg", name: "A", passwordHash: "-", role: "direction" } });
  const enqueuer = { enqueue: async () => true, close: async () => undefined };
  const deps = { database, enqueuer, limiter: noSendLimiter, portalUrls };
  const sender = { kind: "client", clientId: "robot", scopes: ["notifications:send"] } as unknown as ClientActor;
  const reader = { kind: "user", userId: 1, scopes: [] } as unknown as UserActor;
  const input = { user_id: 1, type: "t", titre: "t", message: "m" };
  const send = (idempotencyKey: string) => sendNotification(deps, sender, input, { idempotencyKey });
  const { notification } = await send("before");
  // Every connection of the pool is open to the current primary.
  await Promise.all(Array.from({ length: POOL_SIZE }, () => database.$queryRaw`SELECT 1 FROM pg_sleep(0.5)`));
  expect(address.counts()).toEqual({ [pair.primaryPort]: POOL_SIZE });

  address.switchTo(pair.standbyPort);
  await pair.failOver();

  const keys = Array.from({ length: 40 }, (_, index) => `key-${index}`);
  const refused: unknown[] = [];
  /** As a caller that tries again what was refused. */
  async function retry<T>(work: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        refused.push(error);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  }
  const start = performance.now();
  await Promise.all(
    keys.flatMap((key, index) => [
      retry(() => send(key)),
      retry(() => updateNotification(deps, reader, notification.id, { read: index % 2 === 0 })),
    ]),
  );
  expect(performance.now() - start).toBeLessThan(15_000);
  // At most each old connection fails once, with an error that allows a retry.
  expect(refused.length).toBeLessThanOrEqual(POOL_SIZE);
  expect(refused.filter((error) => !isDatabaseAway(error))).toEqual([]);
  expect(left).toHaveLength(1);
  expect(address.counts()[pair.primaryPort]).toBeUndefined();
  expect(await databaseTakesWrites(database)).toBe(true);
  // No further call fails.
  refused.length = 0;
  await Promise.all(
    keys.map((_, index) =>
      retry(() => updateNotification(deps, reader, notification.id, { archived: index % 2 === 0 })),
    ),
  );
  expect(refused).toEqual([]);
  // The first answer again.
  for (const key of keys) expect((await send(key)).replayed).toBe(true);
  expect(await database.notification.count()).toBe(1 + keys.length);
});
