import { ehloName } from "./ehlo-name";
import type { MailEnv } from "./env";
import type { Mailer } from "./mail";
import { createResendMailer } from "./resend";
import { createSmtpMailer } from "./smtp";
import { createThreadedMailer } from "./threaded-mailer";

/**
 * Resend when its key is set, else SMTP.
 * @param thread file of a thread for SMTP, `./mail-thread`; without it, SMTP is spoken in the caller's
 * @throws Error when neither is configured
 */
export function createMailer(env: MailEnv, thread?: URL): Mailer {
  if (env.RESEND_API_KEY !== undefined) return createResendMailer(env.RESEND_API_KEY, env.RESEND_BASE_URL);
  if (env.SMTP_URL !== undefined) {
    const options = { url: env.SMTP_URL, greeting: ehloName(env) };
    return thread ? createThreadedMailer(options, thread) : createSmtpMailer(options);
  }
  throw new Error("neither RESEND_API_KEY nor SMTP_URL is set");
}
