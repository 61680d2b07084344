"use client";
import { MAX_CHARACTERS } from "@mgs/notifications/contract/rules";
import { Button } from "@mgs/ui/button";
import { Card } from "@mgs/ui/card";
import { Field } from "@mgs/ui/field";
import { Input } from "@mgs/ui/input";
import { Textarea } from "@mgs/ui/textarea";
import { Send } from "lucide-react";
import { Controller } from "react-hook-form";
import { DraftNote } from "./drafts/draft-note";
import { ScriptedFields } from "./hydrated";
import { useTranslations } from "./intl";
import { PageHeader } from "./layout/page-header";
import { Counter } from "./send/counter";
import { RecipientField } from "./send/recipient-field";
import { RecipientsField } from "./send/recipients-field";
import { SendReport } from "./send/send-report";
import { type SendAction, useSendForm } from "./send/use-send-form";

type SendNotificationFormProps = {
  /** The server action. It sends with the person's own token, and with one idempotency key for all attempts of a text. */
  action: SendAction;
  /** Whether the person may choose several recipients; each gets a send of their own. */
  several?: boolean;
};

/** `/notifications/send`: writes to one person, or to several. */
export function SendNotificationForm({ action, several = false }: SendNotificationFormProps) {
  const t = useTranslations("sendForm");
  const { form, element, draft, startOver, submit, ...state } = useSendForm(action);
  const { outcomes, formNumber, failure, waitSeconds, messageOf } = state;
  const { control, register, formState } = form;
  return (
    <div className="max-w-2xl">
      <PageHeader title={t("title")} intro={several ? t("introSeveral") : t("intro")} />
      <Card className="p-4 sm:p-6">
        <form ref={element} noValidate onSubmit={submit}>
          <DraftNote restored={draft.restored} onDiscard={startOver} />
          <ScriptedFields ready={draft.ready} className="grid gap-6">
            <Controller
              key={formNumber}
              control={control}
              name="recipients"
              render={({ field }) =>
                several ? (
                  <RecipientsField value={field.value} onChange={field.onChange} error={messageOf("recipients")} />
                ) : (
                  <RecipientField
                    value={field.value[0] ?? null}
                    onChange={(person) => field.onChange(person ? [person] : [])}
                    error={messageOf("recipients")}
                  />
                )
              }
            />
            <Field
              label={t("titre")}
              error={messageOf("titre")}
              hint={<Counter control={control} name="titre" max={MAX_CHARACTERS.titre} />}
            >
              {(aria) => <Input {...aria} {...register("titre")} autoComplete="off" />}
            </Field>
            <Field
              label={t("message")}
              error={messageOf("message")}
              hint={<Counter control={control} name="message" max={MAX_CHARACTERS.message} />}
            >
              {(aria) => <Textarea {...aria} {...register("message")} />}
            </Field>
            <Field label={t("url")} error={messageOf("url")} description={t("urlHint")} hint={t("optional")}>
              {(aria) => (
                <Input
                  {...aria}
                  {...register("url")}
                  inputMode="url"
                  autoComplete="off"
                  autoCapitalize="none"
                  spellCheck={false}
                />
              )}
            </Field>
            <Field label={t("type")} error={messageOf("type")} description={t("typeHint")}>
              {(aria) => (
                <Input {...aria} {...register("type")} autoComplete="off" autoCapitalize="none" spellCheck={false} />
              )}
            </Field>
            <SendReport outcomes={outcomes} failure={failure} waitSeconds={waitSeconds} />
            <div className="flex justify-end">
              <Button
                type="submit"
                pending={formState.isSubmitting}
                disabled={waitSeconds > 0}
                className="max-sm:w-full"
              >
                <Send aria-hidden />
                {t("submit")}
              </Button>
            </div>
          </ScriptedFields>
        </form>
      </Card>
    </div>
  );
}
