import { listTrail } from "@mgs/audit/trail/list-trail";
import type { UserActor } from "@mgs/core/actor";
import { sha256 } from "@mgs/core/crypto";
import { listDevices } from "@mgs/identity/devices/list-devices";
import { lockExpiredSessions } from "@mgs/identity/sessions/user-sessions.repository";
import { findLivePortalSession } from "@mgs/portal-auth/portal-sessions.repository";
import type { Pool } from "pg";
import { type LookUp, measureScale, SMALL_ROW_COUNT } from "../scale";
import type { Suite } from "../suite";

/** Sign-ins of each person: the large tables have more people, not people with more devices. */
const SESSIONS_OF_A_PERSON = 20;
const LIVE_SESSIONS_OF_A_PERSON = 4;
/** People of the small tables, who are in the large ones too; one of them is looked at. */
const PERSON_ID = Math.floor(SMALL_ROW_COUNT / SESSIONS_OF_A_PERSON / 2);
/** Sign-ins that have run out and are not ended yet. */
const EXPIRED_COUNT = 50;
const COOKIE = "cookie-of-the-person";
const USER_AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";

const ADMINISTRATOR: UserActor = {
  ...{ kind: "user", userId: 1, role: "administrateur", locale: "fr", scopes: [] },
  ...{ userSessionId: "019ac000-0000-7000-8000-000000000000", clientId: "administration" },
};

/**
 * Measures how the session of a cookie and the sign-ins that have run out are found, what the page of a person's devices reads (their sign-ins, the applications of the live ones, the logout tokens of the
 * ended ones), and the audit trail with each filter.
 */
export const sessions: Suite = (world, effort) => measureScale(world, effort, "sessions", fillSessions, LOOK_UPS);

const devices =
  (limit?: number): LookUp["run"] =>
  async (database) => {
    const input = { userId: PERSON_ID, locale: "fr", ...(limit === undefined ? {} : { limit }) } as const;
    const { live, ended } = await listDevices({ database, locateAddress: async () => null }, ADMINISTRATOR, input);
    return [...live, ...ended];
  };

const trail =
  (input: object): LookUp["run"] =>
  async (database) =>
    (await listTrail({ database }, ADMINISTRATOR, input)).items;

const LOOK_UPS: readonly LookUp[] = [
  {
    what: "session of a portal's cookie",
    async run(database) {
      const session = await findLivePortalSession(database, "commercial", COOKIE);
      return session === null ? [] : [session];
    },
  },
  {
    what: "sign-ins that have run out",
    run: (database) => database.$transaction((tx) => lockExpiredSessions(tx, EXPIRED_COUNT)),
  },
  { what: "devices of a person", run: devices() },
  { what: "recent devices of the dashboard", run: devices(3) },
  { what: "audit trail", run: trail({}) },
  { what: "audit trail of a person", run: trail({ user_id: PERSON_ID }) },
  { what: "audit trail of a person, a group of actions", run: trail({ user_id: PERSON_ID, group: "session" }) },
  { what: "audit trail of a common group of actions", run: trail({ group: "sign-in" }) },
  { what: "audit trail of a rare group of actions", run: trail({ group: "client" }) },
  { what: "audit trail of an address", run: trail({ ip: "10.0.0.7" }) },
];

/**
 * Inserts sign-ins, the logout tokens of those that have ended (one of ten was not answered), the applications of those that live,
 * and an event of the trail for each sign-in, with its row of the chain.
 */
async function fillSessions(pool: Pool, rowCount: number): Promise<void> {
  const personCount = rowCount / SESSIONS_OF_A_PERSON;
  await pool.query(
    `INSERT INTO users (id, email, name, password_hash, role)
     SELECT n, 'bench' || n || '@mgs.mg', 'Bench ' || n, '-', 'direction' FROM generate_series(1, $1::int) n`,
    [personCount],
  );
  await pool.query(
    `INSERT INTO clients (id, name, secret_hash, first_party, machine, redirect_uris, post_logout_redirect_uris, scopes)
     VALUES ('bench', 'Bench', '-', true, false, '{}', '{}', '{}'), ('bench-2', 'Bench 2', '-', true, false, '{}', '{}', '{}')`,
  );
  await pool.query(
    `INSERT INTO user_sessions (id, user_id, oidc_session_uid, user_agent, ip, created_at, last_seen_at, ended_at, end_reason, expires_at)
     SELECT md5('session' || n)::uuid, 1 + n % $2::int, 'bench-' || n, $4, '10.0.0.' || n % 200, seen - interval '1 hour', seen,
       CASE WHEN is_live THEN NULL ELSE seen END, CASE WHEN is_live THEN NULL ELSE 'deactivated' END,
       CASE WHEN n < $5::int OR NOT is_live THEN seen ELSE now() + interval '12 hours' END
     FROM (SELECT n, n / $2::int < $3::int AS is_live, now() - n * interval '30 seconds' AS seen
           FROM generate_series(0, $1::int - 1) n) drawn`,
    [rowCount, personCount, LIVE_SESSIONS_OF_A_PERSON, USER_AGENT, EXPIRED_COUNT],
  );
  await pool.query(
    `INSERT INTO portal_sessions (id, token_hash, portal, user_id, user_session_id, expires_at, access_token, access_expires_at)
     SELECT gen_random_uuid(), CASE WHEN n = 1 AND user_id = $1 THEN $2 ELSE id::text END, 'commercial', user_id, id,
       now() + interval '1 hour', '-', now() + interval '1 hour'
     FROM (SELECT id, user_id, row_number() OVER (PARTITION BY user_id ORDER BY expires_at DESC) n FROM user_sessions WHERE ended_at IS NULL) live`,
    [PERSON_ID, sha256(COOKIE)],
  );
  await pool.query(
    `INSERT INTO session_clients (user_session_id, client_id)
     SELECT id, client FROM user_sessions, unnest('{bench,bench-2}'::text[]) client WHERE ended_at IS NULL`,
  );
  await pool.query(
    `INSERT INTO logout_deliveries (user_session_id, client_id, outbox_id, answered_at, duration_ms)
     SELECT id, client, md5(id || client)::uuid, CASE WHEN id::text LIKE '_1%' THEN NULL ELSE ended_at END, 80
     FROM user_sessions, unnest('{bench,bench-2}'::text[]) client WHERE ended_at IS NOT NULL`,
  );
  await pool.query(
    `INSERT INTO audit_events (id, at, actor, action, subject_type, subject, user_id, ip)
     SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || substr(md5(n::text), 1, 3) || '8'
         || substr(md5(n::text), 4, 15))::uuid, at, 'user:' || 1 + n % $2::int,
       CASE WHEN n % 100 = 0 THEN 'client.created' WHEN n % 2 = 0 THEN 'session.ended' ELSE 'sign-in.succeeded' END,
       'session', n::text, 1 + n % $2::int, '10.0.0.' || n % 200
     FROM (SELECT n, now() - n * interval '30 seconds' AS at FROM generate_series(0, $1::int - 1) n) drawn`,
    [rowCount, personCount],
  );
  await pool.query(
    `INSERT INTO audit_chain (seq, event_id, hash) SELECT row_number() OVER (ORDER BY id), id, sha256(id::text::bytea) FROM audit_events`,
  );
}
