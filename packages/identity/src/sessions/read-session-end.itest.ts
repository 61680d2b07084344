import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readSessionEnd } from "./read-session-end";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

it("a page says the reason itself, or names its session; what goes on, is made up or unknown has none", async () => {
  const { database } = test;
  const { id: userId } = await database.user.create({
    data: { email: "a@mgs.mg", name: "A", role: "commercial", passwordHash: "-" },
  });
  const HOUR_MS = 3_600_000;
  let made = 0;
  const read = async (endReason: string | null, expiresIn = HOUR_MS) => {
    const id = `00000000-0000-4000-8000-00000000000${++made}`;
    const endedAt = endReason === null ? null : new Date();
    const expiresAt = new Date(Date.now() + expiresIn);
    await database.userSession.create({ data: { id, userId, oidcSessionUid: id, endReason, endedAt, expiresAt } });
    return readSessionEnd(database, id);
  };
  expect(await readSessionEnd(database, "logout")).toBe("logout");
  expect(await read("administrator")).toBe("administrator");
  expect(await read(null)).toBeNull();
  expect(await read(null, -1)).toBe("expired");
  expect(await read("of an earlier release")).toBeNull();
  for (const said of [null, "", "<b>", "00000000-0000-4000-8000-0000000000ff"])
    expect(await readSessionEnd(database, said), `${said}`).toBeNull();
});
