import { Secret, TOTP } from "otpauth";
import { renderSVG } from "uqr";

/** RFC 6238 with what every authenticator app supports: SHA-1, six digits, 30 seconds. */
const PERIOD_SECONDS = 30;
const ALGORITHM = { algorithm: "SHA1", digits: 6, period: PERIOD_SECONDS } as const;
/** RFC 4226 section 4 recommends 160 bits. */
const SECRET_BYTES = 20;
/** Steps before and after the current one that are accepted (RFC 6238 section 5.2), for clocks that differ. */
const WINDOW_STEPS = 1;
/** The name that authenticator apps list the account under. */
const ISSUER = "MGS";

/** Makes a secret, in base32. */
export function generateTotpSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32;
}

/** The time step of a moment: codes of the same step are equal. */
export function totpStep(at: Date): number {
  return Math.floor(at.getTime() / 1_000 / PERIOD_SECONDS);
}

/**
 * The time step that a code belongs to; null when it is none of the steps around `at`. The caller refuses a step that it has
 * accepted before.
 */
export function matchTotp(secret: string, code: string, at: Date): number | null {
  const token = code.replaceAll(/\s/g, "");
  if (!/^\d{6}$/.test(token)) return null;
  const delta = TOTP.validate({
    ...ALGORITHM,
    token,
    secret: Secret.fromBase32(secret),
    timestamp: at.getTime(),
    window: WINDOW_STEPS,
  });
  return delta === null ? null : totpStep(at) + delta;
}

/** What an authenticator app needs: the secret as text, in groups to type, and as the QR code of an `otpauth:` address. */
export function describeTotp(secret: string, account: string): { text: string; address: string; qr: string } {
  const address = new TOTP({ ...ALGORITHM, issuer: ISSUER, label: account, secret }).toString();
  const qr = renderSVG(address, { ecc: "M", border: 2, pixelSize: 6 });
  return { text: (secret.match(/.{1,4}/g) ?? []).join(" "), address, qr };
}
