import type { MailEnv } from "./env";
import type { Mailer } from "./mail";
import { createResendMailer } from "./resend";
import { createSmtpMailer } from "./smtp";

/**
 * Resend when its key is set, else SMTP.
 * @throws Error when neither is configured
 */
export function createMailer(env: MailEnv): Mailer {
  if (env.RESEND_API_KEY !== undefined) return createResendMailer(env.RESEND_API_KEY, env.RESEND_BASE_URL);
  if (env.SMTP_URL !== undefined) return createSmtpMailer(env.SMTP_URL);
  throw new Error("neither RESEND_API_KEY nor SMTP_URL is set");
}
