import { type Sealer, sha256 } from "@mgs/core/crypto";
import type { Database } from "@mgs/db/client";
import { type Prepared, queryPrepared } from "@mgs/db/prepared";
import { insertSessionClient } from "@mgs/identity/sessions/sign-in-joins.repository";
import { grantLock } from "./grant-revocation.repository";
import { payloadColumns } from "./payloads.repository";
import { replayColumns } from "./refresh-replays.repository";
import { mergeSession } from "./session-merge.repository";
import type { ProviderUnitOfWork } from "./unit-of-work";

/** A commit that does not wait for the disk (decision 27). */
const ASYNCHRONOUS_COMMIT = "SELECT set_config('synchronous_commit', 'off', true)";

const COLUMNS = "model, id_hash, payload, grant_id, uid, session_uid, client_id, expires_at";

/** Saves rows that come as JSON in the parameter of this number, once the CTE `allowed` has a row. */
const upsertRows = (parameter: number) => `
  INSERT INTO oidc_payloads (${COLUMNS})
  SELECT w.model, w.id_hash, w.payload, w.grant_id, w.uid, w.session_uid, w.client_id, w.expires_at
    FROM allowed, json_to_recordset($${parameter}) AS w(model text, id_hash text, payload text, grant_id text, uid text,
      session_uid text, client_id text, expires_at timestamptz)
  ON CONFLICT (model, id_hash) DO UPDATE SET payload = excluded.payload, grant_id = excluded.grant_id,
    uid = excluded.uid, session_uid = excluded.session_uid, client_id = excluded.client_id,
    expires_at = excluded.expires_at WHERE oidc_payloads.model <> 'Session'
  RETURNING id_hash`;

const SAVE_SHORT_LIVED = {
  name: "save-short-lived-payloads",
  text: `WITH allowed AS MATERIALIZED (${ASYNCHRONOUS_COMMIT}), saved AS (${upsertRows(1)}) SELECT count(*) FROM saved`,
};

/** Models whose rows are marked as consumed where the library destroys them: `findInteractionFallback` reads them later. */
const MARKED_WHEN_DESTROYED: ReadonlySet<string> = new Set(["Interaction"]);

/** The parts of a unit's statement; PostgreSQL plans each combination once a connection. */
type StatementParts = {
  consumes: boolean;
  removals: ("delete" | "mark")[];
  session: boolean;
  replay: boolean;
  /** Whether a client gets its first tokens of a sign-in. */
  sessionClient: boolean;
};

/**
 * Everything that a request writes, in one statement and so in one round trip and one commit. A request that consumes a
 * code or a token writes only when it is the first to do so, and never while its grant is being revoked
 * (`destroyByGrant`). A session that this request has read is saved only over the version that it read: another tab may
 * have saved it meanwhile. Each row is named by parameters of its own: joined with a list of rows, PostgreSQL may decide to
 * read the whole table.
 */
function writeStatement({ consumes, removals, session, replay, sessionClient }: StatementParts): Prepared {
  let parameters = 0;
  const next = () => `$${++parameters}`;
  const payloads = `saved AS (${upsertRows(++parameters)})`;
  const one = () => `p.model = ${next()} AND p.id_hash = ${next()}`;
  const parts = [
    consumes
      ? `shared AS MATERIALIZED (SELECT pg_advisory_xact_lock_shared(${grantLock(next())})),
        allowed AS (UPDATE oidc_payloads p SET consumed_at = now() FROM shared
          WHERE ${one()} AND p.consumed_at IS NULL RETURNING 1)`
      : "allowed AS MATERIALIZED (SELECT 1)",
    payloads,
    ...removals.map((how, nth) =>
      how === "delete"
        ? `removed_${nth} AS (DELETE FROM oidc_payloads p USING allowed WHERE ${one()})`
        : `marked_${nth} AS (UPDATE oidc_payloads p SET consumed_at = coalesce(p.consumed_at, now()) FROM allowed
            WHERE ${one()})`,
    ),
    ...(session
      ? [
          `swapped AS (UPDATE oidc_payloads p SET payload = ${next()}, expires_at = ${next()} FROM allowed
            WHERE ${one()} AND p.payload = ${next()} RETURNING p.id_hash)`,
        ]
      : []),
    ...(replay
      ? [
          `replayed AS (INSERT INTO refresh_replays (token_hash, client_id, answer, expires_at)
            SELECT ${next()}, ${next()}, ${next()}, ${next()}::timestamptz FROM allowed
            ON CONFLICT (token_hash) DO UPDATE SET client_id = excluded.client_id, answer = excluded.answer,
              expires_at = excluded.expires_at)`,
        ]
      : []),
    ...(sessionClient
      ? [`session_client AS (${insertSessionClient("allowed", { clientId: next(), oidcSessionUid: next() })})`]
      : []),
  ];
  const written = `SELECT id_hash FROM saved${session ? " UNION ALL SELECT id_hash FROM swapped" : ""}`;
  return {
    name: `commit-unit-of-work-${[consumes, session, replay, sessionClient].map(Number).join("-")}-${removals.map((how) => how[0]).join("")}`,
    text: `WITH ${parts.join(",\n")} SELECT EXISTS (SELECT FROM allowed) AS allowed, ARRAY(${written}) AS written`,
  };
}

/** Models whose loss costs a person or a program a second try at most (decision 27). */
const SHORT_LIVED: ReadonlySet<string> = new Set(["Interaction", "ClientCredentials"]);

type Deps = { database: Database; sealer: Sealer };

/**
 * Writes what is pending in a unit of work.
 * @returns false when another request had consumed its code or token before: then nothing is written
 */
export async function commitUnitOfWork(deps: Deps, unit: ProviderUnitOfWork): Promise<boolean> {
  const { saves, removals, consumed, replay } = unit;
  if (saves.size === 0 && removals.size === 0 && !consumed && !replay) return true;
  const pending = [...saves.values()];
  if (removals.size === 0 && !consumed && !replay && pending.every(({ model }) => SHORT_LIVED.has(model))) {
    const rows = pending.map((one) => payloadColumns(deps.sealer, one));
    await queryPrepared(deps.database, SAVE_SHORT_LIVED, [JSON.stringify(rows)]);
    return true;
  }
  return commitInOneStatement(deps, unit);
}

async function commitInOneStatement({ database, sealer }: Deps, unit: ProviderUnitOfWork): Promise<boolean> {
  const { consumed, replay } = unit;
  const removals = [...unit.removals.values()];
  const pending = [...unit.saves.values()];
  const session = pending.find(({ model }) => model === "Session");
  const version = session && unit.versionOf(session.model, session.id);
  const swap = session && version ? payloadColumns(sealer, session) : null;
  const rows = pending.filter((one) => !swap || one !== session).map((one) => payloadColumns(sealer, one));
  // Every client's first tokens of a sign-in are exchanged for a code.
  const firstToken =
    consumed?.model === "AuthorizationCode"
      ? pending.find(({ model, payload }) => model === "AccessToken" && payload.clientId && payload.sessionUid)
      : undefined;
  const parts: StatementParts = {
    consumes: consumed !== null,
    removals: removals.map(({ model }) => (MARKED_WHEN_DESTROYED.has(model) ? "mark" : "delete")),
    session: swap !== null,
    replay: replay !== null,
    sessionClient: firstToken !== undefined,
  };
  const values = [
    JSON.stringify(rows),
    ...(consumed ? [consumed.grantId, consumed.model, sha256(consumed.id)] : []),
    ...removals.flatMap(({ model, id }) => [model, sha256(id)]),
    ...(swap ? [swap.payload, swap.expires_at, swap.model, swap.id_hash, version] : []),
    ...(replay ? Object.values(replayColumns(sealer, replay)) : []),
    ...(firstToken ? [firstToken.payload.clientId, firstToken.payload.sessionUid] : []),
  ];
  const [result] = await queryPrepared<{ allowed: boolean; written: string[] }>(
    database,
    writeStatement(parts),
    values,
  );
  if (!result?.allowed) return false;
  if (session && !result.written.includes(sha256(session.id)))
    await mergeSession(database, sealer, session, unit.originalOf(session.model, session.id));
  return true;
}
