"use client";
import { dashboardPath } from "@mgs/core/portal-links";
import { buttonStyles } from "@mgs/ui/button";
import { EmptyState } from "@mgs/ui/empty-state";
import { Compass } from "lucide-react";
import { useTranslations } from "./intl";

/** The page of `not-found.tsx`, inside or outside the shell. */
export function NotFoundPage() {
  const t = useTranslations("shell");
  return (
    <div className="flex min-h-[60dvh] flex-col items-center justify-center">
      <h1 className="sr-only">{t("notFound.title")}</h1>
      <EmptyState
        icon={<Compass />}
        title={t("notFound.title")}
        text={t("notFound.text")}
        action={
          <a href={dashboardPath()} className={buttonStyles()}>
            {t("back")}
          </a>
        }
      />
    </div>
  );
}
