import type { Locale } from "@mgs/core/locale";
import { messagesFor } from "@mgs/i18n/catalogue";
import { createTranslator } from "@mgs/i18n/translator";
import { ActionField, ActionForm } from "@mgs/shell/actions/action-form";
import { ActionPerson } from "@mgs/shell/actions/action-person";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import type { FormValues } from "@mgs/shell/actions/form-values";

type PrivateThreadFormProps = { locale: Locale; open: (values: FormValues) => Promise<ActionResult> };

/** Opens a private discussion on the record, with a colleague who sees it. */
export function PrivateThreadForm({ locale, open }: PrivateThreadFormProps) {
  const { comments } = messagesFor(locale);
  const t = createTranslator(locale, { comments }, "comments.thread");
  return (
    <details className="group mt-4 border-line border-t pt-3">
      <summary className="inline-flex min-h-control-sm cursor-pointer items-center text-accent-ink text-sm">
        {t("open")}
      </summary>
      <div className="mt-3 max-w-xl">
        <p className="mb-4 text-muted text-xs">{t("hint")}</p>
        <ActionForm action={open} submit={t("submit")} submitVariant="secondary" resets>
          <ActionField name="title" label={t("title")} maxLength={120} required />
          <ActionPerson name="user_ids" label={t("person")} placeholder={t("personHint")} listLabel={t("people")} />
        </ActionForm>
      </div>
    </details>
  );
}
