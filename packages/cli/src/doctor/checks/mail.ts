import { verifyMailTransport } from "@mgs/email/verify-mail-transport";
import { type Check, fail, ok, warn } from "../check";

export const mail: Check = {
  name: "mail",
  title: "E-mail",
  advice:
    "Correct RESEND_API_KEY or SMTP_URL of the worker. Mails are tried for half an hour, then they are dead letters.",
  addresses: ({ worker }) => (worker.SMTP_URL === undefined ? [] : [worker.SMTP_URL]),
  async run({ worker }, signal) {
    const { state, detail } = await verifyMailTransport(worker, signal);
    if (state === "works") return ok(detail);
    if (state === "unknown") return warn(detail, "Send yourself a notification, and see whether it comes.");
    return fail(detail, mail.advice);
  },
};
