import { defineTexts } from "@mgs/i18n/texts";

/** What people are told of a comment, by bell and by mail: one title and one sentence for each notice. */
export const noticeTexts = defineTexts({
  fr: {
    title: {
      mentioned: "{by} vous mentionne",
      answered: "{by} vous répond",
      reported: "Un commentaire est signalé",
      invited: "{by} vous invite à une discussion privée",
    },
    text: {
      mentioned: "Dans un commentaire sur « {title} » :",
      answered: "En réponse à votre commentaire sur « {title} » :",
      reported: "{by} signale un commentaire sur « {title} ».",
      invited: "Une discussion privée est ouverte avec vous sur « {title} ».",
    },
    nobody: "Quelqu’un",
  },
  en: {
    title: {
      mentioned: "{by} mentions you",
      answered: "{by} answers you",
      reported: "A comment was reported",
      invited: "{by} invites you to a private discussion",
    },
    text: {
      mentioned: "In a comment on “{title}”:",
      answered: "In answer to your comment on “{title}”:",
      reported: "{by} reports a comment on “{title}”.",
      invited: "A private discussion with you was opened on “{title}”.",
    },
    nobody: "Somebody",
  },
});
