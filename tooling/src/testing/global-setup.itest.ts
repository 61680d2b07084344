import { createTestDatabase } from "@mgs/db/testing/test-database";
import { Redis } from "ioredis";
import { expect, test } from "vitest";

test("integration tests have a migrated database of their own", async () => {
  const { database, drop } = await createTestDatabase();
  try {
    await database.user.create({
      data: { email: "a@mgs.mg", name: "Hery Rakoto", passwordHash: "-", role: "commercial" },
    });
    expect(await database.user.count()).toBe(1);
  } finally {
    await drop();
  }
});

test("integration tests have a Redis", async () => {
  const redis = new Redis(process.env.MGS_TEST_REDIS_URL ?? "");
  try {
    expect(await redis.ping()).toBe("PONG");
  } finally {
    redis.disconnect();
  }
});
