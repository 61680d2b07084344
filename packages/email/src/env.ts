import { isPortal, type Portal } from "@mgs/core/portals";
import { headerSecretVariable, originVariable, serverUrlVariable } from "@mgs/core/url-variables";
import { z } from "zod";
import { parseSender, type Sender } from "./sender";

export const smtpUrlVariable = serverUrlVariable(["smtp", "smtps"]);

const senderVariable = z.string().transform((value, context) => {
  const sender = parseSender(value);
  if (sender) return sender;
  context.addIssue({ code: "custom", message: "must be an address, or Name <address>" });
  return z.NEVER;
});

/** E-mail out: Resend when its key is set, else SMTP. A process that sends also asks `hasMailTransport`. */
export const mailEnv = z.object({
  RESEND_API_KEY: headerSecretVariable.optional(),
  /** Another server with Resend's HTTP contract. */
  RESEND_BASE_URL: originVariable.optional(),
  SMTP_URL: smtpUrlVariable.optional(),
  /** Our name in the greeting of the SMTP server; unset: this machine's name below a domain, else the domain of `MAIL_FROM`. */
  SMTP_EHLO_NAME: z
    .string()
    .regex(/^([a-z0-9-]+(\.[a-z0-9-]+)+|\[[0-9a-f.:]+\])$/i, "must be a host name below a domain, or an [address]")
    .optional(),
  MAIL_FROM: senderVariable,
  MAIL_FROM_ADMINISTRATION: senderVariable.optional(),
  MAIL_FROM_COMMERCIAL: senderVariable.optional(),
  MAIL_FROM_GESTION_DOSSIER: senderVariable.optional(),
});
export type MailEnv = z.output<typeof mailEnv>;

export function hasMailTransport(env: { RESEND_API_KEY?: unknown; SMTP_URL?: unknown }): boolean {
  return env.RESEND_API_KEY !== undefined || env.SMTP_URL !== undefined;
}

/** Mails a second that the transport takes by default; undefined is without limit. Resend answers 429 beyond two. */
export function defaultMailsPerSecond(env: MailEnv): number | undefined {
  return env.RESEND_API_KEY === undefined ? undefined : 2;
}

/** The sender of a notification's mail: the sending portal's own address where it has one. */
export function senderFor(env: MailEnv, source: string): Sender {
  const own: Record<Portal, Sender | undefined> = {
    administration: env.MAIL_FROM_ADMINISTRATION,
    commercial: env.MAIL_FROM_COMMERCIAL,
    "gestion-dossier": env.MAIL_FROM_GESTION_DOSSIER,
  };
  return (isPortal(source) ? own[source] : undefined) ?? env.MAIL_FROM;
}
