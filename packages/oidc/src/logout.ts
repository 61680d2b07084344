import { systemClock } from "@mgs/core/clock";
import type { Sealer } from "@mgs/core/crypto";
import type { Database } from "@mgs/db/client";
import { endUserSession } from "@mgs/identity/sessions/end-user-session";
import { findLiveByOidcUid } from "@mgs/identity/sessions/user-sessions.repository";
import type { Enqueuer } from "@mgs/jobs/enqueuer";
import { insertOutbox, type NewOutboxRow } from "@mgs/jobs/outbox.repository";
import type Provider from "oidc-provider";
import type { KoaContextWithOIDC } from "oidc-provider";
import { findPayload, savePayload } from "./payloads.repository";
import { LOGOUT_ANSWER_TTL_SECONDS } from "./retention";
import { currentTurn, type LoggedOut } from "./turn";

type LogoutDeps = { database: Database; sealer: Sealer; enqueuer: Enqueuer };

/** Rows that remember where an answered logout form led, by the form's secret. */
const ANSWER_MODEL = "LogoutAnswer";

/**
 * RP-initiated logout asks with the provider's own form. It is handed over to administration's confirm page, which
 * posts it back: one look for one question. The form's secret stays on the server (`findLogoutSecret`).
 */
export async function logoutPage(ctx: KoaContextWithOIDC): Promise<void> {
  ctx.redirect("/logout?client=1");
}

/** After a logout that names no address to go to. With a client: the person said no, and goes back to it. */
export async function signedOutPage(ctx: KoaContextWithOIDC): Promise<void> {
  const { client } = ctx.oidc;
  const home = client?.redirectUris?.[0];
  if (!client || home === undefined) return ctx.redirect("/logout/termine");
  ctx.redirect(new URL(client.first_party ? "/dashboard" : "/", home).href);
}

/**
 * The library would tell each client itself, once, while the person waits. Clients are told by the outbox, with all that
 * hangs on the session (`closeSession`); here it is only noted whom the library would have told.
 */
export function useQueuedLogout(provider: Provider): void {
  provider.Client.prototype.backchannelLogout = async function noteLogout(sub: string, sid: string): Promise<void> {
    currentTurn()?.loggedOut.push({ client_id: this.clientId, sub, sid });
  };
}

/** Where the form posts to, and where a page asks for it once more when it was refused. */
const CONFIRM_PATH = "/oauth/logout/confirm";
const CONFIRM_PAGE = "/logout?client=1";

/** The page of a logout that could not be done; null for any other request. */
export function logoutErrorPage(ctx: KoaContextWithOIDC, error: string): string | null {
  return ctx.path === CONFIRM_PATH ? `${CONFIRM_PAGE}&${new URLSearchParams({ error })}` : null;
}

/**
 * Whatever way the provider's session is destroyed, its `user_sessions` row ends with all that hangs on it. The same form
 * a second time leads where it led the first time.
 */
export function logoutMiddleware(deps: LogoutDeps) {
  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    await next();
    const turn = currentTurn();
    if (turn?.failed) return;
    if (ctx.path === "/oauth/logout") return leaveUnasked(ctx);
    if (ctx.method !== "POST" || ctx.path !== CONFIRM_PATH) return;
    const xsrf: unknown = ctx.oidc.params?.xsrf;
    if (typeof xsrf !== "string") return;
    if (ctx.state.refused) return repeatAnswer(deps, ctx, xsrf);
    // Before anything ends: whoever sends the form meanwhile finds the session gone.
    const payload = { location: ctx.response.get("Location") };
    await savePayload(deps.database, deps.sealer, {
      ...{ model: ANSWER_MODEL, id: xsrf, payload },
      expiresIn: LOGOUT_ANSWER_TTL_SECONDS,
    });
    const session: { uid: string; destroyed?: boolean } | undefined = ctx.oidc.session;
    if (session?.destroyed) await endSession(deps, session.uid);
    else await tellClients(deps, turn?.loggedOut ?? []);
  };
}

/** Nobody is signed in, so there is nothing to ask: the visitor goes on as after a yes. */
function leaveUnasked(ctx: KoaContextWithOIDC): void {
  const session = ctx.oidc?.session;
  if (ctx.state.refused || !session?.state || session.accountId) return;
  const { postLogoutRedirectUri: to, state } = session.state as { postLogoutRedirectUri?: string; state?: string };
  const target = new URL(to ?? "/logout/termine", ctx.oidc.issuer);
  if (to !== undefined && state !== undefined) target.searchParams.set("state", state);
  ctx.status = 303;
  ctx.redirect(target.href);
}

async function repeatAnswer(deps: LogoutDeps, ctx: KoaContextWithOIDC, xsrf: string): Promise<void> {
  const answered = await findPayload(deps.database, deps.sealer, ANSWER_MODEL, { id: xsrf });
  if (answered) ctx.redirect(String(answered.location));
  else if (!ctx.oidc.session?.accountId) ctx.redirect("/logout/termine");
}

async function endSession(deps: LogoutDeps, oidcSessionUid: string): Promise<void> {
  const row = await findLiveByOidcUid(deps.database, oidcSessionUid);
  if (!row) return;
  await endUserSession(
    { ...deps, clock: systemClock },
    { kind: "system", name: "oidc" },
    { userSessionId: row.id, reason: "logout" },
  );
}

/** The person stays; the client that began the logout is told that it has ended there. */
async function tellClients({ database, enqueuer }: LogoutDeps, ended: readonly LoggedOut[]): Promise<void> {
  if (ended.length === 0) return;
  const rows = ended.map((payload): NewOutboxRow => ({ kind: "oidc.backchannel-logout", payload }));
  const refs = await database.$transaction((tx) => insertOutbox(tx, rows));
  await enqueuer.enqueue(refs);
}
