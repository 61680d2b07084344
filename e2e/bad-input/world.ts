import { createHash } from "node:crypto";
import { expect } from "@playwright/test";
import type { Client } from "pg";
import { PORTALS, type Portal } from "../../packages/core/src/portals";
import { SCOPES } from "../../packages/core/src/scopes";
import type { TestBrowser } from "../../packages/oidc/src/testing/browser";
import { urlOf } from "../support/instance";
import { connect } from "./database";
import { createClient, createPerson, type Person, type WebClient } from "./people";
import { createRecords } from "./records";
import { askProvider, openPortals, type Tokens, tokensOf } from "./sign-in";

const ALL_SCOPES = SCOPES.join(" ");
export const SESSION_COOKIE: Record<Portal, string> = {
  administration: "mgs.sso",
  commercial: "mgs.commercial.session",
  "gestion-dossier": "mgs.gestion-dossier.session",
};

/** Every kind of caller: values of the `Authorization` or `Cookie` header. */
export type World = Awaited<ReturnType<typeof createWorld>>;

export async function createWorld() {
  const database = await connect();
  const me = await createPerson(database, "moi", "administrateur", "fr");
  const other = await createPerson(database, "autre", "commercial", "en");
  // This role opens the portals of the business, and reads no records but those of its people.
  const outsider = await createPerson(database, "externe", "comptable", "fr");
  const web = await createClient(database, { machine: false, scopes: ALL_SCOPES.split(" ") });
  const left = await createClient(database, { machine: false, scopes: ALL_SCOPES.split(" ") });
  const machine = await createClient(database, { machine: true, scopes: ["notifications:send"] });
  const mute = await createClient(database, { machine: true, scopes: [] });
  const closed = await createClient(database, { machine: true, scopes: ["notifications:send"] });

  const browser = await openPortals(me.email, PORTALS);
  const mine = await tokensOf(browser, me.email, web, ALL_SCOPES);
  const late = await tokensOf(browser, me.email, web, ALL_SCOPES);
  // Revoking one token ends all tokens of its grant, hence a client of its own.
  const withdrawn = await tokensOf(browser, me.email, left, ALL_SCOPES);
  const stranger = await openPortals(other.email, ["administration", "gestion-dossier"]);
  const theirs = await tokensOf(stranger, other.email, web, ALL_SCOPES);
  const outside = await tokensOf(await openPortals(outsider.email, ["commercial"]), outsider.email, web, ALL_SCOPES);
  const ended = await endedSession(me, web);
  const closedToken = await machineToken(closed);

  await database.query(
    "UPDATE oidc_payloads SET expires_at = now() - interval '1 second' WHERE model = 'AccessToken' AND id_hash = $1",
    [createHash("sha256").update(late.access_token).digest("base64url")],
  );
  await askProvider("/oauth/revoke", left, { token: withdrawn.access_token });
  await database.query("UPDATE clients SET revoked_at = now() WHERE id = $1", [closed.id]);

  const notifications = {
    mine: await sendTo(me, `Bearer ${mine.access_token}`),
    theirs: await sendTo(other, `Bearer ${mine.access_token}`),
  };

  return {
    database,
    notifications,
    /** Parts of paths of records, and the caller's own that stand there. */
    records: await createRecords(
      { authorization: `Bearer ${mine.access_token}`, id: me.id },
      { authorization: `Bearer ${theirs.access_token}`, id: other.id },
    ),
    me,
    other,
    outsider,
    clients: { web, left, machine, mute, closed },
    browser,
    cookies: cookiesOf(browser),
    /** Cookies of a person whose role does not open administration and gestion-dossier. */
    strangerCookies: cookiesOf(stranger),
    tokens: mine,
    sessionId: await sessionOf(database, me),
    otherSessionId: await sessionOf(database, other),
    bearer: {
      me: `Bearer ${mine.access_token}`,
      other: `Bearer ${theirs.access_token}`,
      outsider: `Bearer ${outside.access_token}`,
      machine: `Bearer ${await machineToken(machine)}`,
      mute: `Bearer ${await machineToken(mute)}`,
    },
    /** Cookies and tokens that belong to no person. */
    refused: {
      expired: `Bearer ${late.access_token}`,
      revoked: `Bearer ${withdrawn.access_token}`,
      "of an ended session": `Bearer ${ended.tokens.access_token}`,
      "of a revoked client": `Bearer ${closedToken}`,
      "a refresh token": `Bearer ${mine.refresh_token}`,
      "an ID token": `Bearer ${mine.id_token}`,
      unknown: `Bearer ${"A".repeat(43)}`,
      "an SQL fragment": "Bearer ' OR '1'='1",
      "very long": `Bearer ${"A".repeat(8_000)}`,
      empty: "Bearer ",
      "of another scheme": `Basic ${Buffer.from("admin@mgs.mg:mgs-demo-2026").toString("base64")}`,
      "two tokens": `Bearer ${mine.access_token}, Bearer ${mine.access_token}`,
    },
    endedCookies: ended.cookies,
  };
}

/** Sends a notification for the cases, and waits until its mail and broadcast are out, so that the counts are stable. */
async function sendTo(person: Person, authorization: string): Promise<string> {
  const response = await fetch(`${urlOf("administration")}/api/notifications/send`, {
    method: "POST",
    headers: { authorization, "content-type": "application/json" },
    body: JSON.stringify({ user_id: person.id, type: "essai", titre: "À ne pas toucher", message: "Essai" }),
  });
  const answer = (await response.json()) as { data?: { id: string } };
  if (!answer.data) throw new Error(`send: ${JSON.stringify(answer)}`);
  return answer.data.id;
}

/** Waits until everything sent so far has been delivered. */
export async function waitForDeliveries({ database, me, other }: World): Promise<void> {
  await expect
    .poll(
      async () => {
        const { rows } = await database.query(
          `SELECT 1 FROM outbox o JOIN notifications n ON n.id = o.notification_id
            WHERE n.user_id = ANY($1) AND o.state <> 'sent'`,
          [[me.id, other.id]],
        );
        return rows.length;
      },
      { timeout: 120_000, message: "deliveries that are not sent yet" },
    )
    .toBe(0);
}

export async function dropWorld({ database, me, other, outsider, clients }: World): Promise<void> {
  await database.query(
    "DELETE FROM outbox o USING notifications n WHERE n.id = o.notification_id AND n.user_id = ANY($1)",
    [[me.id, other.id]],
  );
  await database.query("DELETE FROM users WHERE id = ANY($1)", [[me.id, other.id, outsider.id]]);
  await database.query("DELETE FROM clients WHERE id = ANY($1)", [Object.values(clients).map(({ id }) => id)]);
  await database.end();
}

function cookiesOf(browser: TestBrowser): Record<Portal, string> {
  const cookie = (portal: Portal) => `${SESSION_COOKIE[portal]}=${browser.cookie(SESSION_COOKIE[portal]) ?? ""}`;
  return Object.fromEntries(PORTALS.map((portal) => [portal, cookie(portal)])) as Record<Portal, string>;
}

export async function machineToken(client: WebClient): Promise<string> {
  const { status, body } = await askProvider("/oauth/token", client, { grant_type: "client_credentials" });
  if (status !== 200) throw new Error(`token endpoint: ${status} ${JSON.stringify(body)}`);
  return String(body.access_token);
}

/** Creates a sign-in on a second device and ends it. */
async function endedSession(
  person: Person,
  client: WebClient,
): Promise<{ tokens: Tokens; cookies: Record<Portal, string> }> {
  const browser = await openPortals(person.email, PORTALS);
  const cookies = cookiesOf(browser);
  const tokens = await tokensOf(browser, person.email, client, ALL_SCOPES);
  const origin = urlOf("commercial");
  await browser.request(`${origin}/logout`, { method: "POST", headers: { origin } });
  return { tokens, cookies };
}

async function sessionOf(database: Client, person: Person): Promise<string> {
  const { rows } = await database.query<{ id: string }>(
    "SELECT id FROM user_sessions WHERE user_id = $1 AND ended_at IS NULL",
    [person.id],
  );
  const id = rows[0]?.id;
  if (!id || rows.length > 1) throw new Error(`one live session of ${person.email} was expected, not ${rows.length}`);
  return id;
}
