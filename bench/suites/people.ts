import type { UserActor } from "@mgs/core/actor";
import { listPeople } from "@mgs/identity/people/list-people";
import type { ListPeopleInput } from "@mgs/identity/people/people-filter";
import { writeCursor } from "@mgs/records/lists/cursor";
import type { Pool } from "pg";
import { type LookUp, measureScale } from "../scale";
import type { Suite } from "../suite";

/** People who have both words of the rare search, in each table. */
const RARE_COUNT = 40;

const ADMINISTRATOR: UserActor = {
  ...{ kind: "user", userId: 1, role: "administrateur", locale: "fr", scopes: [] },
  ...{ userSessionId: "019ac000-0000-7000-8000-000000000000", clientId: "administration" },
};

/**
 * Measures the console's list of people: each order, filter and search, and the page after a value near the end. What a page costs
 * beyond this, its rendering, knows nothing of the other people.
 */
export const people: Suite = (world, effort) => measureScale(world, effort, "people", fillPeople, LOOK_UPS);

const list =
  (input: ListPeopleInput): LookUp["run"] =>
  async (database) =>
    (await listPeople({ database }, ADMINISTRATOR, input)).items;

const LOOK_UPS: readonly LookUp[] = [
  { what: "people by name", run: list({}) },
  { what: "people by name, descending", run: list({ sort: "-name" }) },
  { what: "people by address", run: list({ sort: "email" }) },
  { what: "people by address, descending", run: list({ sort: "-email" }) },
  { what: "people by creation", run: list({ sort: "created" }) },
  { what: "people by creation, the newest first", run: list({ sort: "-created" }) },
  { what: "people by name, second page", run: list({ after: writeCursor(["Aina Rakoto", "200"]) }) },
  {
    what: "people by creation, last page",
    run: (database, rowCount) =>
      list({ sort: "created", after: writeCursor([String(rowCount - 50), String(rowCount - 50)]) })(database, rowCount),
  },
  { what: "people by name, last page", run: list({ before: writeCursor(["Zzz", "0"]) }) },
  { what: "people of a role", run: list({ role: "comptable" }) },
  { what: "people of a role, by address", run: list({ role: "comptable", sort: "email" }) },
  { what: "disabled people", run: list({ state: "disabled" }) },
  { what: "people without a second factor", run: list({ factor: "without" }) },
  { what: "people with a second factor", run: list({ factor: "with" }) },
  { what: "locked people", run: list({ lock: "locked" }) },
  { what: "active people of a role", run: list({ role: "direction", state: "active" }) },
  { what: "people with a common word", run: list({ search: "rakoto" }) },
  { what: "people with two common words", run: list({ search: "aina rakoto" }) },
  { what: "people with a rare word", run: list({ search: "vatomandry" }) },
  { what: "people with two words, rare together", run: list({ search: "miadana vatoman" }) },
  { what: "people with an address that begins so", run: list({ search: "aina.rakoto.204@" }) },
];

const FIRST_NAMES = "Aina,Bako,Clara,Dina,Eric,Fara,Haja,Jaona,Lova,Miora,Naina,Onja,Rado,Sitraka,Tojo,Vola,Zo".split(
  ",",
);
const FAMILY_NAMES =
  "Rakoto,Andriamanana,Rabe,Fontaine,Razafy,Moreau,Randria,Lemaire,Rasoa,Vololona,Ravelo,Marchand".split(",");

/**
 * Inserts people whose names come again, as names do. One in twenty is disabled, one in twenty has a second factor.
 * `RARE_COUNT` people are locked, and so many have two words together, each of
 * which one in a thousand has as well.
 */
async function fillPeople(pool: Pool, rowCount: number): Promise<void> {
  await pool.query(
    `INSERT INTO users (id, email, name, password_hash, role, disabled_at, created_at,
       has_second_factor, locked_until)
     SELECT n, lower(first || '.' || family) || '.' || n || '@mgs.mg', first || ' ' || family, '-', role,
       CASE WHEN n % 20 = 7 THEN now() END, now() - ($2::int - n) * interval '1 minute',
       n % 20 = 3, CASE WHEN n % ($2::int / $3::int) = 4 THEN now() + interval '1 hour' END
     FROM (
       SELECT n,
         CASE WHEN n % ($2::int / $3::int) = 1 OR n % 1000 = 2 THEN 'Miadana' ELSE ($4::text[])[1 + n % cardinality($4::text[])] END AS first,
         CASE WHEN n % ($2::int / $3::int) = 1 OR n % 1000 = 3 THEN 'Vatomandry'
           ELSE ($5::text[])[1 + (n / 17) % cardinality($5::text[])] END AS family,
         ($1::text[])[1 + n % cardinality($1::text[])] AS role
       FROM generate_series(1, $2::int) n
     ) drawn`,
    [["commercial", "gestionnaire", "direction", "comptable"], rowCount, RARE_COUNT, FIRST_NAMES, FAMILY_NAMES],
  );
  // The list shows when each of its people was last there.
  await pool.query(
    `INSERT INTO user_sessions (id, user_id, oidc_session_uid, last_seen_at)
     SELECT gen_random_uuid(), n, 'bench-' || n, now() - n * interval '1 second' FROM generate_series(1, $1::int) n`,
    [rowCount],
  );
}
