import { type Sealer, sha256 } from "@mgs/core/crypto";
import type { ACCOUNT_LINK_TTL_SECONDS } from "../lifetimes";

/**
 * What a single-use link of a mail lets its reader do. `address-changed` goes to the address that the account had before, and lets its reader
 * close the account, no more: it may be a stranger's, who must not get the account.
 */
export type AccountLinkPurpose = keyof typeof ACCOUNT_LINK_TTL_SECONDS;

/** By links of these purposes somebody says that it was not them. */
export type ReportPurpose = Extract<AccountLinkPurpose, "not-me" | "address-changed">;

export const isReport = (purpose: AccountLinkPurpose | undefined): purpose is ReportPurpose =>
  purpose === "not-me" || purpose === "address-changed";

/**
 * The token of a link, which its mail carries and nothing stores: it is derived from the link's id, so that a mail that is sent a
 * second time, after a crash, has the same.
 */
export function accountLinkToken(sealer: Sealer, linkId: string): string {
  return sealer.derive(linkId, "account-link");
}

/** The form in which the token is stored and looked up. */
export const hashLinkToken = (token: string): string => sha256(token);

/** Whether a text has the form of a token; whatever else a visitor sends is not looked up. */
export const isLinkToken = (text: string): boolean => /^[\w-]{43}$/.test(text);
