"use client";
import { dashboardPath } from "@mgs/core/portal-links";
import { useTranslations } from "./intl";

type ErrorPageProps = {
  /** Next's digest of the error, which the server's log has as well. */
  digest?: string | undefined;
  /** Renders the failed part again. */
  retry?: (() => void) | undefined;
};

const actStyles =
  "inline-flex h-control cursor-pointer items-center rounded-lg border border-line bg-surface px-4 font-medium text-ink text-sm no-underline hover:bg-subtle";

/**
 * The page of `error.tsx`, inside or outside the shell. Every page loads it, above the shell too, where each part of the shell that it used would be loaded twice:
 * it uses none.
 */
export function ErrorPage({ digest, retry }: ErrorPageProps) {
  const t = useTranslations("shell");
  return (
    <div className="flex min-h-[60dvh] flex-col items-center justify-center gap-2 px-6 py-12 text-center">
      <h1 className="font-semibold">{t("error.title")}</h1>
      <p className="max-w-prose text-balance text-muted">{t("error.text")}</p>
      <div className="my-2 flex flex-wrap justify-center gap-2">
        {retry ? (
          <button type="button" onClick={retry} className={actStyles}>
            {t("retry")}
          </button>
        ) : null}
        <a href={dashboardPath()} className={actStyles}>
          {t("back")}
        </a>
      </div>
      {digest ? <p className="font-mono text-muted text-xs">{t("error.reference", { digest })}</p> : null}
    </div>
  );
}
