"use client";
import { dashboardPath } from "@mgs/core/portal-links";
import { buttonStyles } from "@mgs/ui/button";
import { EmptyState } from "@mgs/ui/empty-state";
import { CircleCheck } from "lucide-react";
import { useTranslations } from "./intl";

/** `/reconnexion`: the sign-in for another tab has succeeded. */
export function ReconnectedPage() {
  const t = useTranslations("sessionEnd");
  return (
    <div className="flex min-h-[60dvh] flex-col items-center justify-center">
      <h1 className="sr-only">{t("back")}</h1>
      <EmptyState
        icon={<CircleCheck />}
        title={t("back")}
        text={t("closeThisTab")}
        action={
          <a href={dashboardPath()} className={buttonStyles({ variant: "secondary" })}>
            {t("goOnHere")}
          </a>
        }
      />
    </div>
  );
}
