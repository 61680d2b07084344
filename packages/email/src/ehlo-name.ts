import { hostname } from "node:os";
import { domainToASCII } from "node:url";
import type { MailEnv } from "./env";

/** A name below a domain of the Internet; those of a machine's own network are refused as often as none. */
const PUBLIC_NAME =
  /^(?!localhost\.)[a-z0-9-]+(\.[a-z0-9-]+)*\.(?!(?:localdomain|local|internal|lan|home|corp)$)[a-z][a-z0-9-]*$/i;

/**
 * Our name in the greeting of an SMTP server (RFC 5321 section 4.1.1.1): `SMTP_EHLO_NAME`, else this machine's name,
 * else the domain of `MAIL_FROM`, which has an MX record. A container's name has no dot, and strict servers refuse all
 * mail after such a greeting, or after `[127.0.0.1]`.
 */
export function ehloName(env: Pick<MailEnv, "SMTP_EHLO_NAME" | "MAIL_FROM">, machine = hostname()): string {
  if (env.SMTP_EHLO_NAME !== undefined) return env.SMTP_EHLO_NAME;
  if (PUBLIC_NAME.test(machine)) return machine;
  const { address } = env.MAIL_FROM;
  return domainToASCII(address.slice(address.lastIndexOf("@") + 1)) || machine;
}
