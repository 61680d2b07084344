import { createDatabase } from "@mgs/db/client";
import { createTestDatabase } from "@mgs/db/testing/test-database";
import { expect, it, onTestFinished } from "vitest";
import type { Runtime } from "./runtime";
import { loadSystemHealth } from "./system-health";

it("reports PostgreSQL down while the server takes no writes, and up again afterwards", async () => {
  const test = await createTestDatabase();
  onTestFinished(() => test.drop());
  const [{ name } = { name: "" }] = await test.database.$queryRaw<
    { name: string }[]
  >`SELECT current_database() AS name`;
  await test.database.$executeRawUnsafe(`ALTER DATABASE "${name}" SET default_transaction_read_only = on`);
  const database = createDatabase(test.url, 2);
  onTestFinished(() => database.$disconnect());
  const env = { REDIS_URL: "redis://127.0.0.1:1" };
  const runtime = { database, env, publisher: { ping: async () => true } } as unknown as Runtime;
  const postgresql = async () => (await loadSystemHealth(runtime, "fr")).find((part) => part.name === "PostgreSQL");
  expect(await postgresql()).toEqual({ name: "PostgreSQL", state: "down" });
  await test.database.$executeRawUnsafe(`ALTER DATABASE "${name}" RESET default_transaction_read_only`);
  await expect.poll(async () => (await postgresql())?.state).toBe("ok");
});
