import { ISSUER_PORTAL } from "@mgs/core/portals";
import type { ClientRow } from "@mgs/identity/clients/clients.repository";
import type { AdapterPayload } from "oidc-provider";

/** A client as oidc-provider's metadata (RFC 7591 names). The secret is its hash: see `useHashedSecrets`. */
export function clientMetadata(client: ClientRow): AdapterPayload {
  // Administration hosts the issuer: it needs the sign-in itself, never a code or a token (decision 6).
  const isIssuerClient = client.id === ISSUER_PORTAL;
  const web = client.redirectUris.length > 0;
  return {
    client_id: client.id,
    client_name: client.name,
    client_secret: client.secretHash,
    redirect_uris: client.redirectUris,
    post_logout_redirect_uris: client.postLogoutRedirectUris,
    response_types: isIssuerClient ? ["none"] : web ? ["code"] : [],
    grant_types: isIssuerClient
      ? []
      : [...(web ? ["authorization_code", "refresh_token"] : []), ...(client.machine ? ["client_credentials"] : [])],
    token_endpoint_auth_method: "client_secret_basic",
    // An empty scope is invalid metadata (RFC 7591 section 2), and metadata without a scope would allow every scope.
    // `openid` alone gives access to nothing.
    scope: client.scopes.join(" ") || "openid",
    first_party: client.firstParty,
    pkce_exempt: client.pkceExempt,
    // Only while it opens: the query that finds a client compares the clock.
    previous_secret_hash: client.previousSecretHash,
    ...(client.backchannelLogoutUri
      ? { backchannel_logout_uri: client.backchannelLogoutUri, backchannel_logout_session_required: true }
      : {}),
  };
}
