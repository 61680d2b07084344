import { signedOutPath } from "@mgs/core/portal-links";
import { clientLogoutPath } from "../logout";
import { currentUnitOfWork } from "../unit-of-work";
import { seeOther } from "./see-other";
import type { Step } from "./step";

/** `GET /oauth/logout/confirm`: redirects to the page with the form, whose address takes a POST alone. */
export const showLogoutForm: Step = async (ctx, next) =>
  ctx.method === "GET" ? seeOther(ctx, clientLogoutPath()) : next();

/** `/oauth/logout`: a visitor who is not signed in goes on as after a yes. */
export const skipLogoutForm: Step = async (ctx, next) => {
  await next();
  const session = ctx.oidc?.session;
  if (currentUnitOfWork()?.isRolledBack || ctx.state.refused || !session?.state || session.accountId) return;
  const { postLogoutRedirectUri: to, state } = session.state as { postLogoutRedirectUri?: string; state?: string };
  const target = new URL(to ?? signedOutPath(), ctx.oidc.issuer);
  if (to !== undefined && state !== undefined) target.searchParams.set("state", state);
  ctx.status = 303;
  ctx.redirect(target.href);
};
