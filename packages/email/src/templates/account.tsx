import type { Locale } from "@mgs/core/locale";
import { messagesFor } from "@mgs/i18n/catalogue";
import { directionOf } from "@mgs/i18n/direction";
import { isolate } from "@mgs/i18n/isolate";
import { createTranslator } from "@mgs/i18n/translator";
import { render } from "@react-email/render";
import { MailButton, MailFrame, MailText, MailTitle } from "./mail-frame";
import type { RenderedMail } from "./notification";

/** A mail about a person's own account: an invitation, a link, something that happened. */
export type AccountMail = {
  locale: Locale;
  name: string;
  title: string;
  /** Paragraphs of its text. Names that people wrote are isolated already. */
  paragraphs: readonly string[];
  /** The one thing that its reader can do. */
  action: { label: string; href: string };
  /** What to do when its reader expected no such mail. */
  footer: string;
};

/** Subject, HTML and plain text of a mail about an account, in its reader's language. */
export async function renderAccountMail(mail: AccountMail): Promise<RenderedMail> {
  const { locale, title, paragraphs, action, footer } = mail;
  const t = createTranslator(locale, messagesFor(locale), "email");
  const brand = t("brand", { portal: t("portals.administration") });
  const greeting = t("greeting", { name: isolate(mail.name, directionOf(locale)) });
  const last = `${footer} ${t("noReply")}`;
  const frame = {
    locale,
    portal: "administration",
    brand,
    title,
    preview: paragraphs[0] ?? title,
    footer: last,
  } as const;
  const html = await render(
    <MailFrame {...frame}>
      <MailTitle>{title}</MailTitle>
      <MailText>{greeting}</MailText>
      {paragraphs.map((paragraph) => (
        <MailText key={paragraph}>{paragraph}</MailText>
      ))}
      <MailButton href={action.href} portal="administration">
        {action.label}
      </MailButton>
    </MailFrame>,
  );
  const text = [title, greeting, ...paragraphs, `${action.label}\n${action.href}`, `-- \n${last}`, ""].join("\n\n");
  return { subject: title, html, text };
}
