"use client";
import { dashboardPath } from "@mgs/core/portal-links";
import { buttonStyles } from "@mgs/ui/button";
import { EmptyState } from "@mgs/ui/empty-state";
import { Compass } from "lucide-react";
import { useTranslations } from "./intl";

/** For `not-found.tsx`, inside or outside the shell. */
export function NotFoundPage() {
  const t = useTranslations("shell");
  const page = useTranslations("notFound");
  return (
    <div className="flex min-h-[60dvh] flex-col items-center justify-center">
      <h1 className="sr-only">{page("title")}</h1>
      <EmptyState
        icon={<Compass />}
        title={page("title")}
        text={page("text")}
        action={
          <a href={dashboardPath()} className={buttonStyles()}>
            {t("back")}
          </a>
        }
      />
    </div>
  );
}
