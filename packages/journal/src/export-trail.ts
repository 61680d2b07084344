import { audit } from "@mgs/audit/audit.repository";
import { requirePermission } from "@mgs/audit/permissions";
import { readTrail, type TrailRow } from "@mgs/audit/trail/trail.repository";
import { trailFilter } from "@mgs/audit/trail/trail-filter";
import type { Actor } from "@mgs/core/actor";
import type { Clock } from "@mgs/core/clock";
import type { Locale } from "@mgs/core/locale";
import { validate } from "@mgs/core/validate";
import type { Database } from "@mgs/db/client";
import type { CsvColumn, CsvRow } from "@mgs/http/csv/write-csv";
import { requireFreshProof } from "@mgs/identity/proofs/require-fresh-proof";
import { createEventDescriber } from "./describe-event";
import { readEventNames } from "./event-names";

const PAGE_ROWS = 1_000;

const KEYS = [
  "seq",
  "at",
  "actor",
  "actor_name",
  "action",
  "sentence",
  "subject_type",
  "subject",
  "user_id",
  "user_name",
  "ip",
  "user_session_id",
  "client_id",
  "request_id",
  "details",
  "id",
  "hash",
  "impersonator_id",
] as const;
type Key = (typeof KEYS)[number];

/** The columns have the names of the API's fields, so that a program reads the file in either language. */
export const EXPORT_COLUMNS: readonly CsvColumn<Key>[] = KEYS.map((key) => ({ key, header: key }));

/**
 * Exports the events that pass a filter, the newest first, page by page while they are taken: any number of them fits. The export
 * is an event itself.
 * @param input `trailFilter`
 * @throws AppError FORBIDDEN, PROOF_REQUIRED, VALIDATION_ERROR
 */
export async function exportTrail(
  deps: { database: Database; clock: Clock },
  actor: Actor,
  { locale, ...input }: { locale: Locale } & Readonly<Record<string, unknown>>,
): Promise<AsyncIterable<CsvRow<Key>>> {
  requirePermission(actor, "audit.read");
  await requireFreshProof(deps, actor);
  const filter = validate(trailFilter, input);
  const { from, to, ...rest } = filter;
  const period = { ...(from && { from: from.toISOString() }), ...(to && { to: to.toISOString() }) };
  await audit(deps.database, { actor, action: "audit.exported", details: { ...rest, ...period } });
  return readRows(deps.database, filter, locale);
}

async function* readRows(
  database: Database,
  filter: Parameters<typeof readTrail>[1],
  locale: Locale,
): AsyncGenerator<CsvRow<Key>> {
  let before: string | undefined;
  for (;;) {
    const events = await readTrail(database, filter, { before }, PAGE_ROWS);
    const names = await readEventNames(database, events);
    const describer = createEventDescriber(locale, names);
    for (const event of events) yield toRow(event, describer);
    if (events.length < PAGE_ROWS) return;
    before = events.at(-1)?.id;
  }
}

function toRow(event: TrailRow, { actor, sentence, person }: ReturnType<typeof createEventDescriber>): CsvRow<Key> {
  return {
    seq: event.seq === null ? null : String(event.seq),
    at: event.at.toISOString(),
    actor: event.actor,
    actor_name: actor(event),
    action: event.action,
    sentence: sentence(event),
    subject_type: event.subjectType,
    subject: event.subject,
    user_id: event.userId,
    user_name: event.userId === null ? null : person(event.userId),
    ip: event.ip,
    user_session_id: event.userSessionId,
    client_id: event.clientId,
    request_id: event.requestId,
    details: JSON.stringify(event.details),
    id: event.id,
    hash: event.hash,
    impersonator_id: event.impersonatorId,
  };
}
