import { defineTexts } from "@mgs/i18n/texts";

/** What participants of a session are told, by bell and by mail. */
export const seanceNoticeTexts = defineTexts({
  fr: {
    title: {
      invited: "Vous êtes invité à une séance",
      "standing-in": "Vous remplacez un collègue à une séance",
      moved: "Une séance a changé",
      cancelled: "Une séance est annulée",
      restored: "Une séance a lieu malgré tout",
    },
    text: {
      invited: "{by} vous invite à la séance « {title} » : {time}.",
      "standing-in": "{by} invite {person}, que vous remplacez, à la séance « {title} » : {time}.",
      moved: "{by} a changé la séance « {title} ». Elle a lieu {time}.",
      cancelled: "{by} a annulé la séance « {title} », prévue {time}.",
      restored: "{by} a rétabli la séance « {title} ». Elle a lieu {time}.",
    },
    place: "Lieu : {place}",
    nobody: "Un programme",
  },
  en: {
    title: {
      invited: "You are invited to a session",
      "standing-in": "You stand in for a colleague at a session",
      moved: "A session has changed",
      cancelled: "A session is cancelled",
      restored: "A session takes place after all",
    },
    text: {
      invited: "{by} invites you to the session “{title}”: {time}.",
      "standing-in": "{by} invites {person}, for whom you stand in, to the session “{title}”: {time}.",
      moved: "{by} has changed the session “{title}”. It takes place on {time}.",
      cancelled: "{by} has cancelled the session “{title}”, planned for {time}.",
      restored: "{by} has restored the session “{title}”. It takes place on {time}.",
    },
    place: "Place: {place}",
    nobody: "A program",
  },
});
