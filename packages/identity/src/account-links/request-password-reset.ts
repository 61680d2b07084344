import type { Clock } from "@mgs/core/clock";
import { isStorableText } from "@mgs/core/text";
import { validate } from "@mgs/core/validate";
import type { Database } from "@mgs/db/client";
import type { Enqueuer } from "@mgs/jobs/enqueuer";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import { z } from "zod";
import { passwordForgotten } from "../outbox-kinds";
import type { AccountMailLimiter } from "./account-mail-limiter";

const requestInput = z.object({
  email: z
    .string()
    .trim()
    .toLowerCase()
    .max(320)
    .refine(isStorableText, { error: "INVALID_TEXT" })
    .pipe(z.email({ error: "INVALID_EMAIL" })),
});

/**
 * Takes note that somebody has forgotten their password. It does the same work whether or not the address has an account: the worker
 * finds that out, sends the mail, and writes the audit trail, which no stranger can fill with addresses of nobody.
 * @param input.ip the visitor's address
 * @throws AppError VALIDATION_ERROR for a text that is no address; TOO_MANY_ATTEMPTS with `retryAfter` in seconds
 */
export async function requestPasswordReset(
  deps: { database: Database; clock: Clock; enqueuer: Enqueuer; mailLimiter: AccountMailLimiter },
  input: { email: string; ip: string },
): Promise<void> {
  const { email } = validate(requestInput, { email: input.email });
  await deps.mailLimiter.take({ email, ip: input.ip });
  const payload = { email, at: deps.clock.now().toISOString(), ip: input.ip };
  await deps.enqueuer.enqueue(await insertOutbox(deps.database, [passwordForgotten.row({ payload })]));
}
