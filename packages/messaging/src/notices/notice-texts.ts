import type { Locale } from "@mgs/core/locale";
import { cutToBytes } from "@mgs/core/text";
import { defineTexts } from "@mgs/i18n/texts";
import { createTranslator } from "@mgs/i18n/translator";

/** What people are told of messages, by bell and by mail. */
export const noticeTexts = defineTexts({
  fr: {
    title: {
      mentioned: "{by} vous mentionne",
      added: "{by} vous ajoute à une conversation",
      reminder: "Rappel d’un message",
      unread: "{count, plural, one {Un message non lu} other {# messages non lus}}",
    },
    text: {
      mentioned: "Dans la conversation « {title} » :",
      added: "Vous faites partie de la conversation « {title} ».",
      reminder: "Vous vouliez revoir ce message de {by} dans « {title} » :",
      unread: "Dans la conversation « {title} », dernièrement de {by} :",
    },
    nobody: "Quelqu’un",
  },
  en: {
    title: {
      mentioned: "{by} mentions you",
      added: "{by} adds you to a conversation",
      reminder: "Reminder of a message",
      unread: "{count, plural, one {One unread message} other {# unread messages}}",
    },
    text: {
      mentioned: "In the conversation “{title}”:",
      added: "You are in the conversation “{title}”.",
      reminder: "You wanted to come back to this message from {by} in “{title}”:",
      unread: "In the conversation “{title}”, most recently from {by}:",
    },
    nobody: "Somebody",
  },
});

/** A notification has 5,000 characters at most, and none has less than a byte. */
const MAX_TEXT_BYTES = 5_000;
const MAX_TITLE_CHARACTERS = 200;

type Notice = {
  notice: keyof (typeof noticeTexts)["fr"]["title"];
  by: string;
  title: string;
  count: number;
  excerpt: string;
};

/** The words of a notice in its reader's language. */
export function writeNotice(
  { locale }: { locale: Locale },
  { notice, by, title, count, excerpt }: Notice,
): { title: string; text: string } {
  const t = createTranslator(locale, { notices: noticeTexts[locale] }, "notices");
  const values = { by: by === "" ? t("nobody") : by, title, count };
  const head = Array.from(t(`title.${notice}`, values)).slice(0, MAX_TITLE_CHARACTERS);
  const text = [t(`text.${notice}`, values), excerpt].filter(Boolean).join("\n\n");
  return { title: head.join(""), text: cutToBytes(text, MAX_TEXT_BYTES) };
}
