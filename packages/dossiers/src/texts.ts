import { defineTexts } from "@mgs/i18n/texts";

/** Texts of dossiers: pages use `useTranslations("dossiers.<group>")`. What people are told by mail is in `notices/notice-texts.ts`. */
export const dossierTexts = defineTexts({
  fr: {},
  en: {},
});
