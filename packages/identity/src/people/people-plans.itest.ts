import type { UserActor } from "@mgs/core/actor";
import { readPlans } from "@mgs/db/testing/read-plans";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { writeCursor } from "@mgs/records/lists/cursor";
import { afterAll, beforeAll, expect, it } from "vitest";
import { listPeople } from "./list-people";
import type { ListPeopleInput } from "./people-filter";

const PEOPLE = 20_000;
/** A page of 51 people, each with their role and sign-ins, reads some 350 blocks; all people would be 600 and each one's sign-ins. */
const MAX_BLOCKS = 900;

const ADMINISTRATOR: UserActor = {
  ...{ kind: "user", userId: 1, role: "administrateur", locale: "fr", scopes: [] },
  ...{ userSessionId: "019ac000-0000-7000-8000-000000000000", clientId: "administration" },
};

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
  await test.database.$executeRaw`
    INSERT INTO users (id, email, name, password_hash, role, disabled_at, has_second_factor, locked_until)
    SELECT n, 'p' || n || '@mgs.mg', CASE WHEN n % 500 = 3 THEN 'Miadana Vatomandry' ELSE 'Aina Rakoto ' || n % 700 END, '-',
      (ARRAY['commercial', 'gestionnaire', 'direction', 'comptable'])[1 + n % 4], CASE WHEN n % 20 = 7 THEN now() END,
      n % 20 = 3, CASE WHEN n % 500 = 9 THEN now() + interval '1 hour' END
    FROM generate_series(1, ${PEOPLE}::int) n`;
  await test.database.$executeRaw`
    INSERT INTO user_sessions (id, user_id, oidc_session_uid)
    SELECT gen_random_uuid(), n, 's' || n FROM generate_series(1, ${PEOPLE}::int) n`;
  await test.database.$executeRaw`ANALYZE`;
});
afterAll(() => test.drop());

it.each<[string, ListPeopleInput, string[]]>([
  ["by name", {}, ["users_name_id_idx"]],
  ["by name, descending", { sort: "-name" }, ["users_name_id_idx"]],
  ["by name, after a value", { after: writeCursor(["Aina Rakoto 5", "12000"]) }, ["users_name_id_idx"]],
  ["by name, the last page", { before: writeCursor(["Zzz", "0"]) }, ["users_name_id_idx"]],
  ["by address", { sort: "email" }, ["users_email_key"]],
  ["by address, descending", { sort: "-email" }, ["users_email_key"]],
  ["by creation", { sort: "-created" }, ["users_pkey"]],
  ["of a role", { role: "comptable" }, ["users_role_name_id_idx"]],
  ["of a role, by address", { role: "comptable", sort: "email" }, ["users_role_email_idx"]],
  ["that are disabled", { state: "disabled" }, ["users_disabled_idx"]],
  ["with a second factor", { factor: "with" }, ["users_with_factor_idx"]],
  ["that are locked", { lock: "locked" }, ["users_locked_until_idx"]],
  ["with a common word", { search: "rakoto" }, ["users_name_id_idx"]],
  ["with two words that few have", { search: "miadana vatom" }, ["users_words_idx"]],
])("people %s are read from an index, a page and no more", async (_, input, indexes) => {
  const { readFrom, blocks } = await readPlans(test.url, async (database) => {
    expect((await listPeople({ database }, ADMINISTRATOR, input)).items.length).toBeGreaterThan(0);
  });
  expect(readFrom).toEqual(expect.arrayContaining(indexes));
  expect(readFrom).not.toContain("all of users");
  expect(blocks).toBeLessThan(MAX_BLOCKS);
});
