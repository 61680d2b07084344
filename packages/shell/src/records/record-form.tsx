"use client";
import { Alert } from "@mgs/ui/alert";
import { Button } from "@mgs/ui/button";
import type { ReactNode } from "react";
import { DraftNote } from "../drafts/draft-note";
import { ScriptedFields } from "../hydrated";
import { useTranslations } from "../intl";
import type { useRecordForm } from "./use-record-form";

type RecordFormProps = {
  state: ReturnType<typeof useRecordForm>;
  /** The fields, each a `MergeField`. */
  children: ReactNode;
};

/** Draws a form with the state of `useRecordForm`: the note of a draft, the fields in two columns, what became of a save, and its buttons. */
export function RecordForm({ state, children }: RecordFormProps) {
  const t = useTranslations("records");
  const { fields, submit, pending, failure, done, form } = state;
  return (
    <form ref={form} method="post" noValidate onSubmit={submit}>
      <ScriptedFields ready={fields.ready} className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
        <div className="empty:hidden sm:col-span-2">
          <DraftNote restored={fields.restored && fields.isDirty} onDiscard={fields.discard} />
        </div>
        {children}
        <div className="grid gap-3 sm:col-span-2">
          {failure ? <Alert tone="danger">{failure}</Alert> : null}
          {done && !fields.isDirty ? <Alert tone="success">{done}</Alert> : null}
          <div className="flex flex-wrap items-center gap-3">
            <Button type="submit" pending={pending} disabled={!fields.isDirty}>
              {t("save")}
            </Button>
            {fields.isDirty ? (
              <Button variant="ghost" onClick={fields.discard}>
                {t("discard")}
              </Button>
            ) : null}
          </div>
        </div>
      </ScriptedFields>
    </form>
  );
}
