import type { UserActor } from "@mgs/core/actor";
import { SCOPES } from "@mgs/core/scopes";
import { validate } from "@mgs/core/validate";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createClient } from "../clients/create-client";
import { updateClient } from "../clients/update-client";
import { preferencesInput, updatePreferences } from "../update-preferences";

/** Fields that a caller adds to a request, in the hope that they are written down. */

const SYSTEM = { kind: "system", name: "test" } as const;
const ACTOR: UserActor = {
  ...{ kind: "user", userId: 1, role: "commercial", locale: "fr", clientId: "commercial", scopes: [...SCOPES] },
  userSessionId: "019ab000-0000-7000-8000-000000000001",
};
const CLIENT = { name: "Agenda", redirectUris: ["https://agenda.mgs.mg/retour"] };
const SMUGGLED = {
  ...{ firstParty: true, first_party: true, id: "commercial", secretHash: "x", secret_hash: "x", version: 99 },
  ...{ createdAt: new Date(0), revokedAt: new Date(0), previousSecretHash: "x", role: "administrateur" },
};

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
  await test.database.user.create({
    data: { id: 1, email: "a@mgs.mg", name: "A", role: "commercial", passwordHash: "-" },
  });
});
afterAll(() => test?.drop());

const deps = () => ({
  database: test.database,
  clock: { now: () => new Date() },
  identityHooks: [],
  enqueuer: { enqueue: async () => true, close: async () => undefined },
});

describe("a person's own settings", () => {
  it.each(["role", "email", "name", "id", "disabledAt", "passwordHash", "hidden", "constructor"])(
    "refuse the field %s",
    async (field) => {
      expect(() => validate(preferencesInput, { theme: "dark", [field]: "administrateur" })).toThrow(
        "VALIDATION_ERROR",
      );
    },
  );

  it("write no other column, whatever reaches the use case", async () => {
    const before = await test.database.user.findUniqueOrThrow({ where: { id: 1 } });
    const input = { theme: "dark" as const, role: "administrateur", email: "x@mgs.mg", disabledAt: null, id: 2 };
    await updatePreferences(deps(), ACTOR, input);
    expect(await test.database.user.findMany()).toEqual([{ ...before, theme: "dark" }]);
  });
});

describe("a client", () => {
  it("is never made a portal's, or given an id or a secret, by its form", async () => {
    const made = await createClient(deps(), SYSTEM, { ...CLIENT, ...SMUGGLED });
    const row = await test.database.client.findUniqueOrThrow({ where: { id: made.client_id } });
    expect(row).toMatchObject({ firstParty: false, version: 1, revokedAt: null, previousSecretHash: null });
    expect(row.id).not.toBe("commercial");
    expect(row.secretHash).not.toBe("x");
    expect(row.createdAt.getTime()).toBeGreaterThan(Date.now() - 60_000);
    const edit = { ...CLIENT, clientId: row.id, postLogoutRedirectUris: [], backchannelLogoutUri: null };
    await updateClient(deps(), SYSTEM, {
      ...SMUGGLED,
      ...{ ...edit, version: 1, name: "Agenda 2", scopes: [...row.scopes], pkceExempt: false },
    });
    expect(await test.database.client.findMany()).toEqual([{ ...row, name: "Agenda 2", version: 2 }]);
  });
});
