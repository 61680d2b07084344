"use client";
import { dashboardPath } from "@mgs/core/portal-links";
import { Button, buttonStyles } from "@mgs/ui/button";
import { EmptyState } from "@mgs/ui/empty-state";
import { TriangleAlert } from "lucide-react";
import { useTranslations } from "./intl";

type ErrorPageProps = {
  /** Next's digest of the error, which the server's log has as well. */
  digest?: string | undefined;
  /** Renders the failed part again. */
  retry?: (() => void) | undefined;
};

/** The page of `error.tsx`, inside or outside the shell. */
export function ErrorPage({ digest, retry }: ErrorPageProps) {
  const t = useTranslations("shell");
  return (
    <div className="flex min-h-[60dvh] flex-col items-center justify-center">
      <h1 className="sr-only">{t("error.title")}</h1>
      <EmptyState
        icon={<TriangleAlert />}
        title={t("error.title")}
        text={t("error.text")}
        action={
          <div className="flex flex-wrap justify-center gap-2">
            {retry ? <Button onClick={retry}>{t("retry")}</Button> : null}
            <a href={dashboardPath()} className={buttonStyles({ variant: "secondary" })}>
              {t("back")}
            </a>
          </div>
        }
      />
      {digest ? <p className="font-mono text-muted text-xs">{t("error.reference", { digest })}</p> : null}
    </div>
  );
}
