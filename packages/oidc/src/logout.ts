import { dashboardPath, signedOutPath, signOutPath } from "@mgs/core/portal-links";
import type Provider from "oidc-provider";
import type { KoaContextWithOIDC } from "oidc-provider";
import { currentUnitOfWork } from "./unit-of-work";

/** Administration's page with the logout form, for a logout that a client began. */
export const clientLogoutPath = (query: Readonly<Record<string, string>> = {}): string =>
  signOutPath({ client: "1", ...query });

/**
 * `logoutSource` of the provider: RP-initiated logout asks with the library's own form, and this redirects to
 * administration's page, which posts the same form. The form's secret stays on the server (`findLogoutSecret`).
 */
export async function logoutPage(ctx: KoaContextWithOIDC): Promise<void> {
  ctx.redirect(clientLogoutPath());
}

/**
 * `postLogoutSuccessSource` of the provider: after a logout that names no address to go to. With a client: the person
 * said no, and goes back to it.
 */
export async function signedOutPage(ctx: KoaContextWithOIDC): Promise<void> {
  const { client } = ctx.oidc;
  const home = client?.redirectUris?.[0];
  if (!client || home === undefined) return ctx.redirect(signedOutPath());
  ctx.redirect(new URL(client.first_party ? dashboardPath() : "/", home).href);
}

/**
 * Takes the sending of logout tokens from the library, which would send each once, while the person waits. They are outbox
 * rows, written with the end of the session (`closeSession`); here the unit of work notes the library's clients alone.
 */
export function useQueuedLogout(provider: Provider): void {
  provider.Client.prototype.backchannelLogout = async function noteLogout(sub: string, sid: string): Promise<void> {
    currentUnitOfWork()?.clientLogouts.push({ client_id: this.clientId, sub, sid });
  };
}
