import { defineTexts } from "@mgs/i18n/texts";

/** Texts of the domain; a key that English lacks does not compile. */
export const notesTexts = defineTexts({
  fr: { title: "Notes", empty: "Aucune note pour le moment" },
  en: { title: "Notes", empty: "No notes yet" },
});
