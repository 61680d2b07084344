import { audit } from "@mgs/audit/audit.repository";
import type { Actor } from "@mgs/core/actor";
import type { Clock } from "@mgs/core/clock";
import { validate } from "@mgs/core/validate";
import type { Database } from "@mgs/db/client";
import type { CsvColumn, CsvRow } from "@mgs/http/csv/write-csv";
import { countRows } from "@mgs/records/lists/lists.repository";
import { readAllPages } from "@mgs/records/lists/read-page";
import { z } from "zod";
import { requirePermission } from "../permissions";
import { requireFreshProof } from "../proofs/require-fresh-proof";
import { type PersonRow, peopleList, peopleQuery, readPeopleRows } from "./people.repository";
import { listPeopleInput, type PeopleFilter, type PeopleSort } from "./people-filter";
import { toPerson } from "./person-dto";

const PAGE_ROWS = 1_000;
/** The audit trail tells the exact number up to this one. */
const MAX_COUNTED = 10_000_000;

const KEYS = [
  "id",
  "name",
  "email",
  "role",
  "locale",
  "state",
  "second_factor",
  "locked",
  "password_must_change",
  "created_at",
  "last_seen_at",
  "sessions",
] as const;
type Key = (typeof KEYS)[number];

/** The columns have the names of the API's fields, so that a program reads the file in either language, and an import takes it back. */
export const PEOPLE_COLUMNS: readonly CsvColumn<Key>[] = KEYS.map((key) => ({ key, header: key }));

/** The filters and the order of the list, without its pages. */
export const exportPeopleInput = listPeopleInput.omit({ after: true, before: true, limit: true }).extend({
  /** `no` leaves out the mark by which spreadsheets know UTF-8, which other programs stumble over. */
  bom: z.enum(["yes", "no"], { error: "INVALID_CHOICE" }).default("yes"),
});

/**
 * Exports the people that pass a filter, in the order of the list, page by page while they are taken: any number of them fits. The
 * export is an event of the audit trail, with the filter and the number.
 * @throws AppError FORBIDDEN, PROOF_REQUIRED, VALIDATION_ERROR
 */
export async function exportPeople(
  deps: { database: Database; clock: Clock },
  actor: Actor,
  input: unknown,
): Promise<{ rows: AsyncIterable<CsvRow<Key>>; bom: boolean }> {
  requirePermission(actor, "accounts.export");
  await requireFreshProof(deps, actor);
  const { sort, bom, ...filter } = validate(exportPeopleInput, input);
  const count = await countRows(deps.database, peopleList, peopleQuery(filter), MAX_COUNTED);
  await audit(deps.database, { actor, action: "users.exported", details: { count, ...filter } });
  return { rows: readRows(deps.database, filter, sort), bom: bom === "yes" };
}

async function* readRows(database: Database, filter: PeopleFilter, sort: PeopleSort): AsyncGenerator<CsvRow<Key>> {
  for await (const ids of readAllPages(database, peopleList, peopleQuery(filter), { sort, limit: PAGE_ROWS })) {
    for (const person of await readPeopleRows(database, ids.map(Number))) yield toRow(person);
  }
}

function toRow(row: PersonRow): CsvRow<Key> {
  const { id, name, email, role, locale, ...person } = toPerson(row);
  const yesOrNo = (value: boolean) => (value ? "yes" : "no");
  return {
    ...{ id, name, email, role, locale },
    state: person.disabled ? "disabled" : person.invited ? "invited" : "active",
    second_factor: yesOrNo(person.second_factor),
    locked: yesOrNo(person.locked),
    password_must_change: yesOrNo(person.password_must_change),
    created_at: person.created_at,
    last_seen_at: person.last_seen_at,
    sessions: person.sessions,
  };
}
