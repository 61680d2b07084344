import { currentRequestId } from "@mgs/core/request-context";
import type { Sender } from "./sender";

export type Mail = {
  /** Same id, same mail: the transport recognises a second attempt by it. */
  id: string;
  from: Sender;
  to: { name: string; address: string };
  subject: string;
  html: string;
  text: string;
};

/** Hands mails to a transport. */
export type Mailer = {
  /** Resolves once the transport has taken the mail. @throws MailError */
  send(mail: Mail): Promise<void>;
  close(): void;
};

/**
 * Headers of every mail: it is a program's, so vacation replies stay away (RFC 3834 section 5; Exchange and Outlook obey
 * a header of their own), and whose work it is.
 */
export function headersOfMail(): Record<string, string> {
  const requestId = currentRequestId();
  const automatic = { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" };
  return { ...automatic, ...(requestId === undefined ? {} : { "X-Request-Id": requestId }) };
}

/** A transport's refusal. Its message goes to logs and the dead-letter list, so it names no address and quotes no text. */
export class MailError extends Error {
  override readonly name = "MailError";
  /** True when another attempt would be refused as well. */
  readonly permanent: boolean;
  /** Seconds the transport asks us to wait. */
  readonly retryAfter: number | undefined;

  constructor(message: string, permanent: boolean, retryAfter?: number) {
    super(message);
    this.permanent = permanent;
    this.retryAfter = retryAfter;
  }
}
