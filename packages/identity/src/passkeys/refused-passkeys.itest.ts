import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createSoftAuthenticator } from "../testing/soft-authenticator";
import { relyingPartyOf } from "./relying-party";
import { signInByPasskey } from "./sign-in-by-passkey";
import { askForPasskey } from "./verify-passkey";

const ORIGIN = "https://administration.mgs.mg";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

it("made-up passkeys from one network leave five entries a minute in the trail, and the next one tells how many were left out", async () => {
  const deps = { database: test.database, clock: { now: () => new Date() }, relyingParty: relyingPartyOf(ORIGIN) };
  const soft = createSoftAuthenticator({ rpId: "administration.mgs.mg", origin: ORIGIN });
  soft.register((await askForPasskey(deps, { interaction: "i" })).challenge);
  const attempt = async (ip: string) => {
    const { challenge } = await askForPasskey(deps, { interaction: "i" });
    await expect(signInByPasskey(deps, { interaction: "i", answer: soft.answer(challenge), ip })).rejects.toThrow(
      "PASSKEY_REFUSED",
    );
  };
  for (let n = 0; n < 12; n += 1) await attempt("198.51.100.7");
  await attempt("198.51.100.8");
  const rows = await test.database.auditEvent.findMany({
    ...{ where: { action: "sign-in.refused" }, orderBy: { id: "asc" } },
    select: { actor: true, details: true, userId: true },
  });
  const row = { actor: "visitor", userId: null, details: { method: "passkey" } };
  expect(rows).toEqual([row, row, row, row, row, { ...row, details: { method: "passkey", left_out: 7 } }]);
});
