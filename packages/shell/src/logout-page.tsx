"use client";
import { dashboardPath, signOutPath } from "@mgs/core/portal-links";
import type { Portal } from "@mgs/core/portals";
import { Alert } from "@mgs/ui/alert";
import { Button, buttonStyles } from "@mgs/ui/button";
import { type FormEvent, useRef } from "react";
import { browserDrafts, clearDrafts } from "./drafts/draft-store";
import { useTranslations } from "./intl";
import { PublicFrame } from "./layout/public-frame";

type LogoutPageProps = {
  portal: Portal;
  action?: string;
  /**
   * The form is a client's (RP-initiated logout): hidden fields that it needs. Its answer goes to the provider, a no as
   * well, which leads back to the client.
   */
  client?: Readonly<Record<string, string>> | null;
  /** What became of the last attempt: an error's code, where there was one. */
  error?: string | string[] | undefined;
  /** Who signs out: their drafts go with them. */
  userId?: number | undefined;
};

/** Asks once; the one button posts and ends the session everywhere. Needs no scripts. */
export function LogoutPage({ portal, action = signOutPath(), client = null, error, userId }: LogoutPageProps) {
  const t = useTranslations("logout");
  const cleared = useRef(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    const [form, { submitter }] = [event.currentTarget, event.nativeEvent as SubmitEvent];
    const isNo = client !== null && submitter?.getAttribute("name") !== "logout";
    if (cleared.current || isNo || userId === undefined) return;
    event.preventDefault();
    await clearDrafts(userId, browserDrafts());
    cleared.current = true;
    form.requestSubmit(submitter);
  }

  return (
    <PublicFrame portal={portal} title={t("title")} intro={t("text")}>
      {error === undefined ? null : (
        <Alert tone="danger" className="mb-6">
          {t("failed")}
        </Alert>
      )}
      <form method="post" action={action} onSubmit={submit} className="grid gap-2">
        {Object.entries(client ?? {}).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <Button type="submit" {...(client ? { name: "logout", value: "yes" } : {})}>
          {t("confirm")}
        </Button>
        {client ? (
          <Button type="submit" variant="secondary">
            {t("cancel")}
          </Button>
        ) : (
          <a href={dashboardPath()} className={buttonStyles({ variant: "secondary" })}>
            {t("cancel")}
          </a>
        )}
      </form>
    </PublicFrame>
  );
}
