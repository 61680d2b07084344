import { withSpan } from "@mgs/core/trace-context";
import { type Mail, MailError, type Mailer } from "@mgs/email/mail";
import { PermanentFailure, Postponed } from "@mgs/jobs/delivery-attempt";

/**
 * Sends the mail of an outbox row.
 * @throws PermanentFailure when the transport would refuse another attempt as well, Postponed when it asks for a later one, any other
 *   error for another attempt
 */
export async function sendMail({ mailer }: { mailer: Mailer }, mail: Mail): Promise<void> {
  try {
    await withSpan("send mail", { kind: "client" }, () => mailer.send(mail));
  } catch (error) {
    throw toFailure(error);
  }
}

function toFailure(error: unknown): unknown {
  if (!(error instanceof MailError)) return error;
  if (error.permanent) return new PermanentFailure(error.message);
  return error.retryAfter === undefined ? error : new Postponed(error.message, error.retryAfter);
}
