import { renderAccountMail } from "@mgs/email/templates/account";
import { messagesFor } from "@mgs/i18n/catalogue";
import { directionOf } from "@mgs/i18n/direction";
import { isolate } from "@mgs/i18n/isolate";
import { createTranslator } from "@mgs/i18n/translator";
import type { OutboxPayload } from "@mgs/jobs/outbox-kind";
import type { OutboxHandler } from "@mgs/module/outbox";
import { sendMail } from "@mgs/module/send-mail";
import type { WorkerDeps } from "@mgs/module/worker-deps";
import type { accountLinkMail } from "../outbox-kinds";
import { accountLinkToken, hashLinkToken } from "./account-link";
import { findLinkToSend, type LinkToSend, saveMailedToken } from "./account-links.repository";
import { accountLinkHref } from "./links";

/**
 * Sends the mail of a single-use link. The link can be followed from here on: its token's hash is stored before the mail leaves. Nothing
 * is sent for a link that can be used no more.
 */
export const mailAccountLink: OutboxHandler<OutboxPayload<typeof accountLinkMail>> = (deps, { id, payload }) =>
  sendLinkMail(deps, { id, linkId: payload.link_id });

/** @param mail.id the outbox row's, by which a transport recognizes a repetition */
export async function sendLinkMail(deps: WorkerDeps, { id, linkId }: { id: string; linkId: string }): Promise<void> {
  const at = new Date();
  const link = await findLinkToSend(deps.database, linkId, at);
  if (!link || link.purpose === "not-me" || link.purpose === "address-changed") return;
  const token = accountLinkToken(deps.sealer, link.id);
  await saveMailedToken(deps.database, link.id, { tokenHash: hashLinkToken(token), at });
  const href = deps.portalUrls.administration + accountLinkHref(link.purpose, token);
  const mail = await renderLinkMail(link, link.purpose, href);
  const to = { name: link.name, address: link.email };
  await sendMail(deps, { id, from: deps.senderFor("administration"), to, ...mail });
}

function renderLinkMail({ locale, name, email }: LinkToSend, purpose: "invitation" | "password-reset", href: string) {
  const t = createTranslator(locale, messagesFor(locale), "accountMails");
  return renderAccountMail({
    ...{ locale, name, title: t(`${purpose}.title`), footer: t(`${purpose}.footer`) },
    paragraphs: [t(`${purpose}.text`, { email: isolate(email, directionOf(locale)) }), t(`${purpose}.expiry`)],
    action: { label: t(`${purpose}.action`), href },
  });
}
