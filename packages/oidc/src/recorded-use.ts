import type { ClientUseRecorder } from "@mgs/identity/clients/client-use-recorder";
import type Provider from "oidc-provider";
import type { KoaContextWithOIDC } from "oidc-provider";

/** Counts the use of clients: tokens that they got, and sign-ins of people (of administration, which takes no code, the sign-in). */
export function useRecordedUse(provider: Provider, clientUses: ClientUseRecorder): void {
  const record = ({ oidc }: KoaContextWithOIDC, isSignIn: boolean): void => {
    const { client, account } = oidc;
    if (!client) return;
    const userId = account && client.first_party !== true ? Number(account.accountId) : undefined;
    clientUses.record({ clientId: client.clientId, isSignIn, userId });
  };
  provider.on("grant.success", (ctx) => record(ctx, ctx.oidc.params?.grant_type === "authorization_code"));
  provider.on("authorization.success", (ctx) => {
    if (ctx.oidc.params?.response_type === "none") record(ctx, true);
  });
}
