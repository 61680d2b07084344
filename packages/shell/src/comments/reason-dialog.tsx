"use client";
import { Button } from "@mgs/ui/button";
import { Dialog } from "@mgs/ui/dialog";
import { Field } from "@mgs/ui/field";
import { Textarea } from "@mgs/ui/textarea";
import { type FormEvent, useState } from "react";
import { useTranslations } from "../intl";

type ReasonDialogProps = {
  title: string;
  question: string;
  submit: string;
  onReason: (reason: string) => void;
  onClose: () => void;
};

/** Asks for the reason of an act of moderation, or of a report. */
export function ReasonDialog({ title, question, submit, onReason, onClose }: ReasonDialogProps) {
  const t = useTranslations("comments");
  const [reason, setReason] = useState("");
  const isEmpty = reason.trim() === "";

  function send(event: FormEvent) {
    event.preventDefault();
    if (!isEmpty) onReason(reason.trim());
  }
  return (
    <Dialog open onClose={onClose} title={title} closeLabel={t("close")}>
      <form onSubmit={send} className="grid gap-4">
        <Field label={t("reason")} description={question}>
          {(control) => (
            <Textarea
              {...control}
              value={reason}
              maxLength={500}
              required
              onChange={({ target }) => setReason(target.value)}
            />
          )}
        </Field>
        <div className="flex justify-end gap-2">
          <Button variant="ghost" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button type="submit" disabled={isEmpty}>
            {submit}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
