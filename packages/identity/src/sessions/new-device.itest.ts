import { uuidv7 } from "@mgs/core/ids";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createUserSession } from "./user-sessions.repository";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
  await test.database.user.create({
    data: { id: 1, email: "a@mgs.mg", name: "A", role: "commercial", passwordHash: "-" },
  });
});
afterAll(() => test.drop());

const notices = async () => {
  const rows = await test.database.outbox.findMany({ where: { kind: "identity.security-notice" } });
  return rows.map(({ payload, state, queue }) => ({ payload, state, queue }));
};
const signIn = (id: string, newDevice: Record<string, string> | null) =>
  createUserSession(test.database, { id, userId: 1, oidcSessionUid: id, userAgent: null, ip: null, newDevice });

it("a sign-in from a browser that was not known is told to its person, unless it is their very first", async () => {
  await signIn(uuidv7(), { address: "198.51.100.1" });
  expect(await notices()).toEqual([]);
  await signIn(uuidv7(), null);
  expect(await notices()).toEqual([]);
  const id = uuidv7();
  // The same form comes twice.
  await signIn(id, { address: "198.51.100.2" });
  await signIn(id, { address: "198.51.100.2" });
  expect(await notices()).toEqual([
    {
      payload: {
        ...{ user_id: 1, notice: "new-device", at: expect.stringMatching(/^\d{4}-.*Z$/) },
        details: { address: "198.51.100.2" },
      },
      ...{ state: "pending", queue: "default" },
    },
  ]);
});
