import { type Sealer, sha256 } from "@mgs/core/crypto";
import { randomToken } from "@mgs/core/ids";
import { z } from "zod";

/** Accounts that one browser is known for; the one that signed in longest ago is forgotten first. */
const MAX_ACCOUNTS = 8;
const CONTEXT = "known-device";

/** How long a browser stays known after its last sign-in: most browsers keep no cookie for longer than 400 days. */
export const KNOWN_DEVICE_TTL_SECONDS = 365 * 86_400;

const sealedDevice = z.object({ id: z.string(), accounts: z.array(z.string()) });

/**
 * The browser's id, when it has signed in to this account before: no stranger can have the cookie, so failures of strangers
 * on the account or from the same address do not count against it (OWASP's device cookies).
 * @param cookie as the browser sent it; a value that this product has not sealed counts as none
 */
export function findKnownDevice(sealer: Sealer, cookie: string | undefined, email: string): string | null {
  const device = openDevice(sealer, cookie);
  return device?.accounts.includes(accountKey(email)) ? device.id : null;
}

/** The cookie of a browser that has just signed in: the accounts that it was known for, and this one. */
export function rememberDevice(sealer: Sealer, cookie: string | undefined, email: string): string {
  const device = openDevice(sealer, cookie) ?? { id: randomToken(), accounts: [] };
  const key = accountKey(email);
  const accounts = [key, ...device.accounts.filter((account) => account !== key)].slice(0, MAX_ACCOUNTS);
  return sealer.seal(JSON.stringify({ id: device.id, accounts }), CONTEXT);
}

function openDevice(sealer: Sealer, cookie: string | undefined): z.output<typeof sealedDevice> | null {
  if (!cookie) return null;
  try {
    return sealedDevice.parse(JSON.parse(sealer.open(cookie, CONTEXT)));
  } catch {
    return null;
  }
}

/** The text of an account in the cookie: 132 bits of its address's hash are plenty to tell a browser's accounts apart. */
const accountKey = (email: string): string => sha256(email).slice(0, 22);
