import type { Locale } from "@mgs/core/locale";
import type { Portal } from "@mgs/core/portals";
import { cutToBytes } from "@mgs/core/text";
import { messagesFor } from "@mgs/i18n/catalogue";
import { directionOf } from "@mgs/i18n/direction";
import { isolate } from "@mgs/i18n/isolate";
import { createTranslator } from "@mgs/i18n/translator";
import { Link } from "@react-email/components";
import { render } from "@react-email/render";
import type { ReactNode } from "react";
import { escapeHtml, fillSlots, slot } from "./form";
import { MailButton, MailFrame, MailText, MailTitle } from "./mail-frame";
import { LIGHT } from "./palette";

export type NotificationMail = {
  locale: Locale;
  /** The portal whose name and colour the mail bears. */
  portal: Portal;
  titre: string;
  message: string;
  /** Absolute address the button opens. */
  href: string;
  /** Absolute address of that portal's list of notifications. */
  inboxHref: string;
};

export type RenderedMail = { subject: string; html: string; text: string };

const PREVIEW_BYTES = 160;

/** Subject, HTML and plain text of one notification, in its reader's language. */
export async function renderNotificationMail(mail: NotificationMail): Promise<RenderedMail> {
  const texts = textsOf(mail);
  const foreign = (text: string) => isolate(text, directionOf(mail.locale));
  const subject = foreign(oneLine(mail.titre));
  return {
    subject,
    html: fillSlots(await formOf(mail, texts), {
      titre: escapeHtml(mail.titre),
      subject: escapeHtml(subject),
      preview: escapeHtml(foreign(cutToBytes(oneLine(mail.message), PREVIEW_BYTES))),
      message: escapeHtml(mail.message).replace(/\r\n|\r|\n/g, "<br/>"),
      href: escapeHtml(mail.href),
      inbox: escapeHtml(mail.inboxHref),
    }),
    text: [
      foreign(mail.titre),
      foreign(mail.message),
      `${texts.open}\n${mail.href}`,
      "-- ",
      `${texts.reason} ${texts.noReply}`,
      `${texts.allNotifications}\n${mail.inboxHref}`,
      "",
    ]
      .join("\n\n")
      .replace("-- \n\n", "-- \n"),
  };
}

const forms = new Map<string, Promise<string>>();

/**
 * The mail with slots for the texts of a notification, rendered once for each language, portal and
 * kind of link: rendering costs milliseconds, in the one thread that also delivers the toasts.
 */
function formOf({ locale, portal }: NotificationMail, texts: Texts): Promise<string> {
  const key = `${locale} ${portal} ${texts.open}`;
  let form = forms.get(key);
  if (!form) {
    form = render(<NotificationTemplate locale={locale} portal={portal} texts={texts} />);
    form.catch(() => forms.delete(key));
    forms.set(key, form);
  }
  return form;
}

type Texts = Record<"brand" | "open" | "allNotifications" | "reason" | "noReply", string>;

function textsOf({ locale, portal, href, inboxHref }: NotificationMail): Texts {
  const t = createTranslator(locale, messagesFor(locale), "email");
  const name = t(`portals.${portal}`);
  const inPortal = new URL(href).origin === new URL(inboxHref).origin;
  return {
    brand: t("brand", { portal: name }),
    open: inPortal ? t("openPortal", { portal: name }) : t("openLink"),
    allNotifications: t("allNotifications"),
    reason: t("reason", { portal: name }),
    noReply: t("noReply"),
  };
}

type TemplateProps = Pick<NotificationMail, "locale" | "portal"> & { texts: Texts };

function NotificationTemplate({ locale, portal, texts }: TemplateProps): ReactNode {
  return (
    <MailFrame
      {...{ locale, portal, brand: texts.brand, title: slot("subject"), preview: slot("preview") }}
      footer={
        <>
          {texts.reason} {texts.noReply}{" "}
          <Link href={slot("inbox")} className="quiet" style={{ color: LIGHT.quiet, textDecoration: "underline" }}>
            {texts.allNotifications}
          </Link>
        </>
      }
    >
      <MailTitle>{slot("titre")}</MailTitle>
      <MailText>{slot("message")}</MailText>
      <MailButton href={slot("href")} portal={portal}>
        {texts.open}
      </MailButton>
    </MailFrame>
  );
}

/** One line for a header: no control character reaches it. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").trim();
}
