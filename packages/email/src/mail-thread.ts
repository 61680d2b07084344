import { constants, setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { withRequestId } from "@mgs/core/request-context";
import { type Mail, MailError } from "./mail";
import { createSmtpMailer, type SmtpOptions } from "./smtp";

/**
 * The thread of `createThreadedMailer`: takes mails from its parent and answers each. Building a mail and speaking SMTP
 * are the larger part of a notification's work; here they keep no toast waiting.
 */

export type MailOrder = { number: number; mail: Mail; requestId: string | undefined };
export type MailAnswer = { number: number; failure?: Pick<MailError, "message" | "permanent" | "retryAfter"> };

const parent = parentPort;
if (!parent) throw new Error("this is a thread of the worker");

// On Linux a thread has a priority of its own: where processors are short, frames go first.
if (process.platform === "linux") {
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // A service manager may forbid it: then both are equals.
  }
}

const mailer = createSmtpMailer(workerData as SmtpOptions);
parent.on("message", ({ number, mail, requestId }: MailOrder) => {
  const send = () => mailer.send(mail);
  (requestId === undefined ? send() : withRequestId(requestId, send)).then(
    () => parent.postMessage({ number } satisfies MailAnswer),
    (error: unknown) => parent.postMessage({ number, failure: failureOf(error) } satisfies MailAnswer),
  );
});

function failureOf(error: unknown): NonNullable<MailAnswer["failure"]> {
  if (!(error instanceof MailError)) return { message: "SMTP: unknown", permanent: false, retryAfter: undefined };
  const { message, permanent, retryAfter } = error;
  return { message, permanent, retryAfter };
}
