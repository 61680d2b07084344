import { audit } from "@mgs/audit/audit.repository";
import { withRemoteAddress } from "@mgs/core/request-context";
import type { OutboxPayload } from "@mgs/jobs/outbox-kind";
import type { OutboxHandler } from "@mgs/module/outbox";
import type { passwordForgotten } from "../outbox-kinds";
import { findCredentials } from "../users.repository";
import { insertAccountLink } from "./account-links.repository";
import { linkEnd } from "./create-account-link";
import { sendLinkMail } from "./mail-account-link";

/**
 * Sends the link by which the owner of an address chooses a new password; nothing to an address without an account, or with one that is
 * disabled. The link has the row's id, so that a second run makes no other.
 */
export const answerForgottenPassword: OutboxHandler<OutboxPayload<typeof passwordForgotten>> = async (
  deps,
  { id, payload },
) => {
  const account = await findCredentials(deps.database, payload.email);
  if (!account || account.disabledAt) return;
  const at = new Date(payload.at);
  await withRemoteAddress(payload.ip, () =>
    deps.database.$transaction(async (tx) => {
      const made = await insertAccountLink(tx, {
        ...{ id, userId: account.id, purpose: "password-reset", tokenHash: null, since: null, createdAt: at },
        expiresAt: linkEnd("password-reset", at),
      });
      if (!made?.isNew) return;
      await audit(tx, { actor: { kind: "visitor" }, action: "user.password-forgotten", subject: account.id });
    }),
  );
  await sendLinkMail(deps, { id, linkId: id });
};
