import type { ClientRow } from "@mgs/identity/clients/clients.repository";
import type { AdapterPayload } from "oidc-provider";

/** What oidc-provider knows of one of our clients (RFC 7591 names). The secret is its hash: see `provider.ts`. */
export function clientMetadata(client: ClientRow): AdapterPayload {
  // Administration is the provider's own house: it needs the sign-in itself, never a code or a token.
  const ownHouse = client.id === "administration";
  const web = client.redirectUris.length > 0;
  return {
    client_id: client.id,
    client_name: client.name,
    client_secret: client.secretHash,
    redirect_uris: client.redirectUris,
    post_logout_redirect_uris: client.postLogoutRedirectUris,
    response_types: ownHouse ? ["none"] : web ? ["code"] : [],
    grant_types: ownHouse
      ? []
      : [...(web ? ["authorization_code", "refresh_token"] : []), ...(client.machine ? ["client_credentials"] : [])],
    token_endpoint_auth_method: "client_secret_basic",
    // An empty scope is invalid metadata (RFC 7591 section 2), and none at all would mean any: `openid` alone opens nothing.
    scope: client.scopes.join(" ") || "openid",
    first_party: client.firstParty,
    ...(client.backchannelLogoutUri
      ? { backchannel_logout_uri: client.backchannelLogoutUri, backchannel_logout_session_required: true }
      : {}),
  };
}
