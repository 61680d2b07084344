import { DEFAULT_TIME_ZONE } from "@mgs/core/time-zone";
import { type AccountMail, renderAccountMail } from "@mgs/email/templates/account";
import { messagesFor } from "@mgs/i18n/catalogue";
import { directionOf } from "@mgs/i18n/direction";
import { isolate } from "@mgs/i18n/isolate";
import { createTranslator } from "@mgs/i18n/translator";
import type { OutboxPayload } from "@mgs/jobs/outbox-kind";
import type { User } from "../users.repository";
import type { SecurityNotice, securityNotice } from "./security-notice";

/** `advice` says in which case nothing is to be done. */
export type NoticeTexts = { title: string; paragraphs: string[]; advice: string };

type Payload = OutboxPayload<typeof securityNotice>;

/** Facts of a notice that stand in lines of their own, in this order. */
const FACTS = ["browser", "device", "address", "name", "role", "by", "reason"] as const;
const CHANGES = ["passkey-removed", "totp-added", "totp-removed", "recovery-codes-renewed", "reset"] as const;

/** An act of another person was not "you": it has an advice of its own. */
const ADVICE: Partial<Record<SecurityNotice, "advice-impersonated" | "advice-by-another">> = {
  impersonated: "advice-impersonated",
  "email-changed": "advice-by-another",
  "role-changed": "advice-by-another",
};

/** Says in its reader's language what happened, when, and where from, as far as that is known. */
export function writeNotice(user: User, { notice, at, details }: Payload): NoticeTexts {
  const t = createTranslator(user.locale, messagesFor(user.locale), "notices");
  const key = notice === "lockout" && details.what === "second-factor" ? "lockout-second-factor" : notice;
  const timeZone = user.timeZone ?? DEFAULT_TIME_ZONE;
  const time = new Intl.DateTimeFormat(user.locale, { dateStyle: "long", timeStyle: "short", timeZone }).format(
    new Date(at),
  );
  const change = CHANGES.find((one) => one === details.change);
  const facts = FACTS.flatMap((fact) => {
    const text = details[fact];
    return text === undefined || text === ""
      ? []
      : [t(`facts.${fact}`, { text: isolate(text, directionOf(user.locale)) })];
  });
  const text = t(`${key}.text`);
  const paragraphs = [
    change === undefined ? text : `${text} ${t(`changes.${change}`)}`,
    [t("facts.time", { text: time }), ...facts].join(" · "),
  ];
  const advice = t(change === "reset" ? "advice-by-another" : (ADVICE[notice] ?? "advice"));
  return { title: t(`${key}.title`), paragraphs, advice };
}

export function renderNoticeMail(user: User, { title, paragraphs, advice }: NoticeTexts, href: string) {
  const t = createTranslator(user.locale, messagesFor(user.locale), "notices");
  const mail: AccountMail = {
    ...{ locale: user.locale, name: user.name, title },
    paragraphs: [...paragraphs, advice],
    action: { label: t("action"), href },
    footer: t("footer"),
  };
  return renderAccountMail(mail);
}
