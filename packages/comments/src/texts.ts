import { defineTexts } from "@mgs/i18n/texts";

/** Texts of comments: pages use `useTranslations("comments.<group>")`. */
export const commentTexts = defineTexts({
  fr: {},
  en: {},
});
