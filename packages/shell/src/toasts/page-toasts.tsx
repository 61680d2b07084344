"use client";
import { Toaster } from "@mgs/ui/toaster";
import { useTranslations } from "../intl";

/** The toasts of a page outside the shell: the outcomes of its buttons. */
export function PageToasts() {
  const t = useTranslations("notifications");
  return <Toaster label={t("toasts")} />;
}
