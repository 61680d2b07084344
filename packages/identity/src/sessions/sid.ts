import { sha256 } from "@mgs/core/crypto";

/**
 * OpenID Connect `sid` of one client in one provider session (Back-Channel Logout 1.0 section 2.1). Derived, not drawn:
 * parallel first authorizations of five restored tabs must agree on it, and the logout token is made elsewhere.
 */
export function sidOf(oidcSessionUid: string, clientId: string): string {
  return sha256(`sid\n${oidcSessionUid}\n${clientId}`);
}
