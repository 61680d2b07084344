import { systemClock } from "@mgs/core/clock";
import type { Sealer } from "@mgs/core/crypto";
import { signedOutPath } from "@mgs/core/portal-links";
import type { Database } from "@mgs/db/client";
import { endSession } from "@mgs/identity/sessions/end-session";
import { findLiveByOidcUid } from "@mgs/identity/sessions/user-sessions.repository";
import type { Enqueuer } from "@mgs/jobs/enqueuer";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import type { IdentityHooks } from "@mgs/module/identity-hooks";
import type { KoaContextWithOIDC } from "oidc-provider";
import { LOGOUT_ANSWER_TTL_SECONDS } from "../lifetimes";
import { backchannelLogout } from "../outbox-kinds";
import { findPayload, savePayload } from "../payloads.repository";
import { type ClientLogout, currentUnitOfWork } from "../unit-of-work";
import type { Step } from "./step";

type Deps = {
  database: Database;
  sealer: Sealer;
  enqueuer: Enqueuer;
  identityHooks: readonly IdentityHooks[];
};

/** Payloads that keep where an answered logout form led, by the form's secret. */
const ANSWER_MODEL = "LogoutAnswer";

/**
 * `POST /oauth/logout/confirm`: ends the user session with all that depends on it when the library has destroyed the
 * provider's session. The same form a second time leads where it led the first time.
 */
export function endUserSessionAfterLogout(deps: Deps): Step {
  return async (ctx, next) => {
    await next();
    const unit = currentUnitOfWork();
    if (unit?.isRolledBack || ctx.method !== "POST") return;
    const xsrf: unknown = ctx.oidc.params?.xsrf;
    if (typeof xsrf !== "string") return;
    if (ctx.state.refused) return repeatAnswer(deps, ctx, xsrf);
    // Before anything ends: the same form, sent meanwhile, finds the session gone.
    const payload = { location: ctx.response.get("Location") };
    await savePayload(deps.database, deps.sealer, {
      ...{ model: ANSWER_MODEL, id: xsrf, payload },
      expiresIn: LOGOUT_ANSWER_TTL_SECONDS,
    });
    const session: { uid: string; destroyed?: boolean } | undefined = ctx.oidc.session;
    if (session?.destroyed) await endSessionOfProvider(deps, session.uid);
    else await enqueueLogoutTokens(deps, unit?.clientLogouts ?? []);
  };
}

async function repeatAnswer(deps: Deps, ctx: KoaContextWithOIDC, xsrf: string): Promise<void> {
  const answered = await findPayload(deps.database, deps.sealer, ANSWER_MODEL, { id: xsrf });
  if (answered) ctx.redirect(String(answered.location));
  else if (!ctx.oidc.session?.accountId) ctx.redirect(signedOutPath());
}

async function endSessionOfProvider(deps: Deps, oidcSessionUid: string): Promise<void> {
  const row = await findLiveByOidcUid(deps.database, oidcSessionUid);
  if (!row) return;
  await endSession(
    { ...deps, clock: systemClock },
    { kind: "system", name: "oidc" },
    { userSessionId: row.id, reason: "logout" },
  );
}

/** After a no: the person stays signed in, and the client that began the logout is told that its session has ended. */
async function enqueueLogoutTokens({ database, enqueuer }: Deps, logouts: readonly ClientLogout[]): Promise<void> {
  if (logouts.length === 0) return;
  const rows = logouts.map((payload) => backchannelLogout.row({ payload }));
  const refs = await database.$transaction((tx) => insertOutbox(tx, rows));
  await enqueuer.enqueue(refs);
}
