import type { Locale } from "@mgs/core/locale";
import { messagesFor } from "@mgs/i18n/catalogue";
import { createTranslator } from "@mgs/i18n/translator";
import { ActionField, ActionForm } from "@mgs/shell/actions/action-form";
import { ActionPerson } from "@mgs/shell/actions/action-person";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import type { FormValues } from "@mgs/shell/actions/form-values";
import type { ReactNode } from "react";
import { Disclosure } from "../dossier/disclosure";

type ThreadFormProps = { locale: Locale; action: (values: FormValues) => Promise<ActionResult> };

/** Opens a private discussion on the record, with a colleague who sees it. */
export function PrivateThreadForm({ locale, action }: ThreadFormProps) {
  const t = threadTexts(locale);
  return (
    <Part summary={t("open")} hint={t("hint")}>
      <ActionForm action={action} submit={t("submit")} submitVariant="secondary" resets>
        <ActionField name="title" label={t("title")} maxLength={120} autoComplete="off" required />
        <ActionPerson name="user_ids" label={t("person")} placeholder={t("personHint")} listLabel={t("people")} />
      </ActionForm>
    </Part>
  );
}

/** Invites a colleague who sees the record to a private discussion on it. */
export function ThreadInvitationForm({ locale, action }: ThreadFormProps) {
  const t = threadTexts(locale);
  return (
    <Part summary={t("invite")} hint={t("inviteHint")}>
      <ActionForm action={action} submit={t("inviteSubmit")} submitVariant="secondary" resets>
        <ActionPerson name="user_ids" label={t("invitePerson")} placeholder={t("personHint")} listLabel={t("people")} />
      </ActionForm>
    </Part>
  );
}

function Part({ summary, hint, children }: { summary: string; hint: string; children: ReactNode }) {
  return (
    <div className="mt-4 border-line border-t pt-3">
      <Disclosure summary={summary}>
        <div className="max-w-xl">
          <p className="mb-4 text-muted text-xs">{hint}</p>
          {children}
        </div>
      </Disclosure>
    </div>
  );
}

function threadTexts(locale: Locale) {
  const { comments } = messagesFor(locale);
  return createTranslator(locale, { comments }, "comments.thread");
}
