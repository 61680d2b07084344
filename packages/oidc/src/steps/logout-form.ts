import { LOGOUT_PAGE, SIGNED_OUT_PAGE } from "../logout";
import { currentUnitOfWork } from "../unit-of-work";
import { seeOther } from "./see-other";
import type { Step } from "./step";

/** `GET /oauth/logout/confirm`: redirects to the page with the form, whose address takes a POST alone. */
export const showLogoutForm: Step = async (ctx, next) => (ctx.method === "GET" ? seeOther(ctx, LOGOUT_PAGE) : next());

/** `/oauth/logout`: a visitor who is not signed in goes on as after a yes. */
export const skipLogoutForm: Step = async (ctx, next) => {
  await next();
  const session = ctx.oidc?.session;
  if (currentUnitOfWork()?.isRolledBack || ctx.state.refused || !session?.state || session.accountId) return;
  const { postLogoutRedirectUri: to, state } = session.state as { postLogoutRedirectUri?: string; state?: string };
  const target = new URL(to ?? SIGNED_OUT_PAGE, ctx.oidc.issuer);
  if (to !== undefined && state !== undefined) target.searchParams.set("state", state);
  ctx.status = 303;
  ctx.redirect(target.href);
};
