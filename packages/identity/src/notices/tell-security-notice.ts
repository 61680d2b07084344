import type { OutboxPayload } from "@mgs/jobs/outbox-kind";
import type { OutboxHandler } from "@mgs/module/outbox";
import { sendMail } from "@mgs/module/send-mail";
import { accountLinkToken, hashLinkToken } from "../account-links/account-link";
import { findLinkToSend, insertAccountLink, saveMailedToken } from "../account-links/account-links.repository";
import { linkEnd } from "../account-links/create-account-link";
import { accountLinkHref, noticePath } from "../account-links/links";
import { findUser } from "../users.repository";
import { renderNoticeMail, writeNotice } from "./notice-texts";
import type { securityNotice } from "./security-notice";

/**
 * Tells a person what happened to their account, by bell and by mail. Both lead to the page "it was not me": the mail by a single-use
 * token, the bell by the notice's id for whoever has signed in. The link has the row's id, so that a second run makes no other. It is
 * to the address that the account has now, or to the one that the notice names: a notice to a person who is disabled tells nobody, and one
 * that is for the bell alone sends no mail.
 */
export const tellSecurityNotice: OutboxHandler<OutboxPayload<typeof securityNotice>> = async (
  deps,
  { id, payload },
) => {
  const user = await findUser(deps.database, payload.user_id);
  const now = new Date();
  const purpose = payload.notice === "email-changed" ? "address-changed" : "not-me";
  const token = accountLinkToken(deps.sealer, id);
  const made = await insertAccountLink(deps.database, {
    ...{ id, userId: payload.user_id, purpose, tokenHash: hashLinkToken(token), since: new Date(payload.at) },
    ...{ createdAt: now, expiresAt: linkEnd(purpose, now), email: payload.sent_to },
  });
  if (!user || !made) return;
  const notice = writeNotice(user, payload);
  await deps.ringBell({
    ...{ key: `notice:${id}`, userId: user.id, type: `security.${payload.notice}`, url: noticePath(id) },
    ...{ titre: notice.title, message: notice.paragraphs.join("\n") },
  });
  if (payload.by_mail === false) return;
  const link = await findLinkToSend(deps.database, id, now);
  if (!link) return;
  await saveMailedToken(deps.database, id, { tokenHash: hashLinkToken(token), at: now });
  const href = deps.portalUrls.administration + accountLinkHref(purpose, token);
  const to = { name: link.name, address: link.email };
  await sendMail(deps, {
    id,
    from: deps.senderFor("administration"),
    to,
    ...(await renderNoticeMail(user, notice, href)),
  });
};
