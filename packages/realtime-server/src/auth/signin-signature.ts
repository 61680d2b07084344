import type { AppKey } from "../apps";
import { isAuthToken } from "./hmac";

export type SigninClaim = { socketId: string; auth: string; userData: string };

/** Verifies `socket_id::user::user_data`. */
export function isSigninSignature(claim: SigninClaim, keys: readonly AppKey[]): boolean {
  return isAuthToken(claim.auth, keys, `${claim.socketId}::user::${claim.userData}`);
}
