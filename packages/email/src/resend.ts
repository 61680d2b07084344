import { Resend } from "resend";
import { breakEncodedWords } from "./encoded-words";
import { headersOfMail, MailError, type Mailer } from "./mail";
import { formatSender } from "./sender";

const ANSWER_TIMEOUT_MS = 15_000;

/** Refusals of this very mail; the others concern our account, our key or the moment. */
const PERMANENT_ERRORS = new Set<string>(["validation_error", "invalid_parameter", "missing_required_field"]);

/** A mailer over Resend's HTTP API. @param baseUrl another server with the same contract */
export function createResendMailer(apiKey: string, baseUrl?: string): Mailer {
  const resend = new Resend(apiKey, baseUrl === undefined ? {} : { baseUrl });
  return {
    async send(mail) {
      const { error, headers } = await resend.emails
        .send(
          {
            from: formatSender(mail.from),
            to: mail.to.address,
            subject: breakEncodedWords(mail.subject),
            html: mail.html,
            text: mail.text,
            headers: headersOfMail(),
          },
          { idempotencyKey: mail.id, signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) },
        )
        .catch(() => {
          throw new MailError("Resend: no answer", false);
        });
      if (!error) return;
      // The key has served: an earlier attempt was taken, and its reader's language or name has changed since.
      if (error.name === "invalid_idempotent_request") return;
      const status = error.statusCode ?? undefined;
      const permanent = PERMANENT_ERRORS.has(error.name) && (status === 400 || status === 422);
      throw new MailError(
        `Resend: ${status ?? "no answer"} ${error.name}`,
        permanent,
        Number(headers?.["retry-after"]) || undefined,
      );
    },
    close: () => undefined,
  };
}
