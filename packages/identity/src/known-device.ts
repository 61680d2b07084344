import { type Sealer, sha256 } from "@mgs/core/crypto";
import { randomToken } from "@mgs/core/ids";
import type { Database } from "@mgs/db/client";
import { z } from "zod";
import { findKnownDevicesSince } from "./users.repository";

/** Accounts that one browser is known for; the one that signed in longest ago is forgotten first. */
const MAX_ACCOUNTS = 8;
const CONTEXT = "known-device";

/** How long a browser stays known after its last sign-in: most browsers keep no cookie for longer than 400 days. */
export const KNOWN_DEVICE_TTL_SECONDS = 365 * 86_400;

/** `at`: when the browser last signed in to the account, in milliseconds since 1970. Cookies of earlier releases name the account alone. */
const knownAccount = z.union([
  z.object({ key: z.string(), at: z.number() }),
  z.string().transform((key) => ({ key, at: 0 })),
]);
const sealedDevice = z.object({ id: z.string(), accounts: z.array(knownAccount) });

/**
 * The browser's id, when it has signed in to this account before: no stranger can have the cookie, so failures of strangers
 * on the account or from the same address do not count against it (OWASP's device cookies).
 * @param cookie as the browser sent it; a value that this product has not sealed counts as none
 * @param since `known_devices_since` of the account: a sign-in before that counts no more
 */
export function findKnownDevice(
  sealer: Sealer,
  cookie: string | undefined,
  email: string,
  since: Date | null = null,
): string | null {
  const device = openDevice(sealer, cookie);
  const key = accountKey(email);
  const isKnown = device?.accounts.some((one) => one.key === key && one.at > (since?.getTime() ?? -1));
  return isKnown ? (device?.id ?? null) : null;
}

/**
 * The same, with what the account's owner has said since: known browsers are forgotten with a change of the password, and when it was not
 * them. Only a browser that was known is looked up.
 */
export async function recognizeDevice(
  deps: { database: Database; sealer: Sealer },
  cookie: string | undefined,
  email: string,
): Promise<string | null> {
  if (findKnownDevice(deps.sealer, cookie, email) === null) return null;
  return findKnownDevice(deps.sealer, cookie, email, await findKnownDevicesSince(deps.database, email));
}

/** The cookie of a browser that has just signed in: the accounts that it was known for, and this one. */
export function rememberDevice(
  sealer: Sealer,
  cookie: string | undefined,
  email: string,
  at: Date = new Date(),
): string {
  const device = openDevice(sealer, cookie) ?? { id: randomToken(), accounts: [] };
  const key = accountKey(email);
  const others = device.accounts.filter((account) => account.key !== key);
  const accounts = [{ key, at: at.getTime() }, ...others].slice(0, MAX_ACCOUNTS);
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
