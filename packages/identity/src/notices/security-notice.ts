import { defineOutboxKind, type NewOutboxRow } from "@mgs/jobs/outbox-kind";
import { z } from "zod";

/** What a person is told of their account, by bell and mail. */
export const SECURITY_NOTICES = [
  "new-device",
  "lockout",
  "token-reuse",
  "role-changed",
  "passkey-added",
  "password-changed",
  "second-factor-changed",
  "impersonated",
  "email-changed",
] as const;
export type SecurityNotice = (typeof SECURITY_NOTICES)[number];

/** A person hears of something that happened to their account. `at` is when, in ISO 8601. */
export const securityNotice = defineOutboxKind({
  kind: "identity.security-notice",
  queue: "default",
  payload: z.object({
    user_id: z.int(),
    notice: z.enum(SECURITY_NOTICES),
    at: z.iso.datetime(),
    /** Texts that the message names, such as `browser`, `address`, `role`. Never a secret. */
    details: z.record(z.string(), z.string()),
    /** Where the mail goes, if not to the address that the account has when it is sent: the one that it had before. */
    sent_to: z.string().optional(),
    /** False where nobody has shown that the mailbox is the person's: a stranger could do what the mail offers. */
    by_mail: z.boolean().optional(),
  }),
});

/** Makes the row of a notice; insert it in the transaction of what it is about. */
export function securityNoticeRow(input: {
  userId: number;
  notice: SecurityNotice;
  at: Date;
  details?: Readonly<Record<string, string>>;
  /** The account's address of before. */
  sentTo?: string;
  /** False for the bell alone. */
  byMail?: boolean;
}): NewOutboxRow {
  const { userId, notice, at, details = {}, sentTo, byMail = true } = input;
  return securityNotice.row({
    payload: {
      ...{ user_id: userId, notice, at: at.toISOString(), details },
      ...(sentTo === undefined ? {} : { sent_to: sentTo }),
      ...(byMail ? {} : { by_mail: false }),
    },
  });
}
