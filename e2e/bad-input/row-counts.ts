import { expect } from "@playwright/test";
import type { Client } from "pg";
import { TABLE_OWNERS, type TableName } from "../../packages/db/src/table-owners";
import { mailsTo } from "../support/mailbox";
import type { World } from "./world";

/** Counts of rows and mails of a run's people and clients, and sums of their records; a difference between two of them shows a side effect. */
export type RowCounts = Record<string, number | string>;

const DOMAINS: readonly string[] = ["calendar", "records", "documents", "dossiers", "comments"];
/** A column that names a person. */
const PERSON_COLUMN = /(^|_)by$|^(user|author|owner|assignee|substitute|asked_user)_id$/;

/** Counts the rows and mails that any action to, by or for this run's people and clients would add. */
export async function countRows({ database, me, other, outsider, clients }: World): Promise<RowCounts> {
  const people = [me.id, other.id, outsider.id];
  const programs = Object.values(clients).map(({ id }) => id);
  const owners = [...people.map((id) => `user:${id}`), ...programs.map((id) => `client:${id}`)];
  const { rows } = await database.query<RowCounts>(
    `WITH mine AS (SELECT id, seq FROM notifications
                    WHERE user_id = ANY($1) OR sender_id = ANY($1) OR source = ANY($2))
     SELECT (SELECT count(*) FROM mine)::int AS notifications,
            (SELECT count(*) FROM outbox WHERE notification_id IN (SELECT id FROM mine))::int AS outbox,
            (SELECT count(*) FROM outbox WHERE payload->>'user_id' = ANY($4))::int AS events,
            (SELECT coalesce(sum(seq), 0) FROM inboxes WHERE user_id = ANY($1))::int AS inbox_numbers,
            (SELECT coalesce(sum(unread_count), 0) FROM inboxes WHERE user_id = ANY($1))::int AS unread,
            (SELECT count(*) FROM notifications WHERE user_id = ANY($1) AND deleted_at IS NULL AND read_at IS NULL
                AND archived_at IS NULL)::int AS untouched,
            (SELECT count(*) FROM idempotency_keys WHERE owner = ANY($3))::int AS idempotency_keys,
            (SELECT count(*) FROM user_sessions WHERE user_id = ANY($1))::int AS user_sessions,
            (SELECT count(*) FROM user_sessions WHERE user_id = ANY($1) AND ended_at IS NULL)::int AS live_sessions,
            (SELECT count(*) FROM portal_sessions WHERE user_id = ANY($1))::int AS portal_sessions,
            (SELECT count(*) FROM users WHERE id = ANY($1) AND locale || theme IN ('frsystem', 'ensystem'))::int AS preferences`,
    [people, programs, owners, people.map(String)],
  );
  const mails = await countMails([me.email, other.email, outsider.email]);
  return { ...rows[0], mails, ...(await sumRecords(database, people)) };
}

/** A sum of the rows that name the people, for each table of the business: it changes with any of them. */
async function sumRecords(database: Client, people: readonly number[]): Promise<RowCounts> {
  const { rows: columns } = await database.query<{ table: TableName; column: string }>(
    `SELECT table_name AS "table", column_name AS "column" FROM information_schema.columns
      WHERE table_schema = current_schema() AND data_type = 'integer'`,
  );
  const own = columns.filter(
    ({ table, column }) => DOMAINS.includes(TABLE_OWNERS[table]) && PERSON_COLUMN.test(column),
  );
  const sums = [...Map.groupBy(own, ({ table }) => table)].map(([table, found]) => {
    const isTheirs = found.map(({ column }) => `t.${column} = ANY($1)`).join(" OR ");
    return `SELECT '${table}' AS name, count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)), 0) AS sum
              FROM ${table} t WHERE ${isTheirs}`;
  });
  expect(sums.length, "tables of the business with people").toBeGreaterThan(15);
  const { rows } = await database.query<{ name: string; sum: string }>(sums.join(" UNION ALL "), [people]);
  return Object.fromEntries(rows.map(({ name, sum }) => [name, sum]));
}

async function countMails(addresses: readonly string[]): Promise<number> {
  const mails = await Promise.all(addresses.map((address) => mailsTo(address, () => true)));
  return mails.flat().length;
}
