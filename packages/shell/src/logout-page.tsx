"use client";
import { dashboardPath, signOutPath } from "@mgs/core/portal-links";
import type { Portal } from "@mgs/core/portals";
import { Alert } from "@mgs/ui/alert";
import { Button, buttonStyles } from "@mgs/ui/button";
import { type FormEvent, useRef } from "react";
import { browserDraftStorage, clearDrafts } from "./drafts/draft-store";
import { useTranslations } from "./intl";
import { PublicFrame } from "./layout/public-frame";

type LogoutPageProps = {
  portal: Portal;
  action?: string;
  /**
   * Hidden fields of a logout that a client has started (RP-initiated logout). The provider gets the answer, also a refusal,
   * and leads back to the client.
   */
  client?: Readonly<Record<string, string>> | null;
  /** The error code of the last attempt, if it failed. */
  error?: string | string[] | undefined;
  /** The person who signs out; their drafts are deleted. */
  userId?: number | undefined;
};

/** Asks for a confirmation; the button ends the session in all portals. The page needs no scripts. */
export function LogoutPage({ portal, action = signOutPath(), client = null, error, userId }: LogoutPageProps) {
  const t = useTranslations("logout");
  const cleared = useRef(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    const [form, { submitter }] = [event.currentTarget, event.nativeEvent as SubmitEvent];
    const isRefusal = client !== null && submitter?.getAttribute("name") !== "logout";
    if (cleared.current || isRefusal || userId === undefined) return;
    event.preventDefault();
    await clearDrafts(userId, browserDraftStorage());
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
