import { isIP } from "node:net";
import { sha256 } from "@mgs/core/crypto";

/** The relying party of WebAuthn: the host that passkeys belong to, and the one origin that may ask for them. */
export type RelyingParty = { id: string; origin: string; name: string };

/** @param issuer the provider's public origin (`OAUTH_SERVER_URL`) */
export function relyingPartyOf(issuer: string): RelyingParty {
  const { hostname, origin } = new URL(issuer);
  return { id: hostname, origin, name: "MGS" };
}

/**
 * Whether browsers offer passkeys at this address: over TLS or on this machine, and under a name, since an IP address is no valid
 * relying party id (WebAuthn section 5.1.2).
 */
export function canHavePasskeys(issuer: string): boolean {
  const { hostname, protocol } = new URL(issuer);
  const isName = isIP(hostname.replace(/^\[|\]$/g, "")) === 0;
  return isName && (protocol === "https:" || hostname === "localhost" || hostname.endsWith(".localhost"));
}

/** The user handle that authenticators store beside a passkey; it names nobody to others (WebAuthn section 14.6.1). */
export function userHandleOf(userId: number): string {
  return sha256(`passkey user handle\n${userId}`);
}
