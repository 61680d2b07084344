"use client";
import type { Portal } from "@mgs/core/portals";
import { Alert } from "@mgs/ui/alert";
import { Button, buttonStyles } from "@mgs/ui/button";
import { useTranslations } from "./intl";
import { PublicFrame } from "./layout/public-frame";

type LogoutPageProps = {
  portal: Portal;
  action?: string;
  /** Hidden fields that the action needs. */
  fields?: Readonly<Record<string, string>>;
  failed?: boolean;
};

/** Asks once; the one button posts and ends the session everywhere. Needs no scripts. */
export function LogoutPage({ portal, action = "/logout", fields = {}, failed = false }: LogoutPageProps) {
  const t = useTranslations("shell.logout");
  return (
    <PublicFrame portal={portal} title={t("title")} intro={t("text")}>
      {failed ? (
        <Alert tone="danger" className="mb-6">
          {t("failed")}
        </Alert>
      ) : null}
      <form method="post" action={action} className="grid gap-2">
        {Object.entries(fields).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <Button type="submit">{t("confirm")}</Button>
        <a href="/dashboard" className={buttonStyles({ variant: "secondary" })}>
          {t("cancel")}
        </a>
      </form>
    </PublicFrame>
  );
}
