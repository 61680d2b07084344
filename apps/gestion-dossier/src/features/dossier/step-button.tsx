"use client";
import type { DossierState, StepName } from "@mgs/dossiers/contract/states";
import { useSocketId } from "@mgs/realtime/react";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { ActionText } from "@mgs/shell/actions/action-text";
import { DraftedActionForm } from "@mgs/shell/actions/drafted-action-form";
import { useTranslations } from "@mgs/shell/intl";
import { Button } from "@mgs/ui/button";
import { Dialog } from "@mgs/ui/dialog";
import { useRef, useState } from "react";

type Step = { from: DossierState; to: DossierState; reason: string };
export type StepAction = (dossierId: number, step: Step, socketId: string | undefined) => Promise<ActionResult>;

type StepButtonProps = {
  name: StepName;
  from: DossierState;
  to: DossierState;
  needsReason: boolean;
  dossierId: number;
  isFirst: boolean;
  take: StepAction;
};

const MAX_REASON_CHARACTERS = 2_000;

/** A step of a dossier: it asks for the reason, which the draft keeps until the step is taken. */
export function StepButton({ name, from, to, needsReason, dossierId, isFirst, take }: StepButtonProps) {
  const t = useTranslations("dossierPage");
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const socketId = useSocketId();
  const variant = name === "rejeter" ? "danger" : isFirst ? "primary" : "secondary";
  return (
    <>
      <Button ref={button} variant={variant === "danger" ? "secondary" : variant} onClick={() => setOpen(true)}>
        {t(`steps.${name}`)}
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={t(`steps.${name}`)}
        closeLabel={t("steps.close")}
        returnFocus={() => button.current}
      >
        <DraftedActionForm
          draft={`dossier.step:${dossierId}:${name}`}
          submit={t(`steps.${name}`)}
          submitVariant={variant}
          action={(values) => take(dossierId, { from, to, reason: String(values.reason ?? "") }, socketId())}
          onDone={() => setOpen(false)}
          actions={
            <Button variant="secondary" onClick={() => setOpen(false)}>
              {t("steps.cancel")}
            </Button>
          }
        >
          <ActionText
            name="reason"
            label={t("steps.reason")}
            description={t(needsReason ? "steps.reasonNeeded" : "steps.reasonOptional")}
            maxLength={MAX_REASON_CHARACTERS}
            required={needsReason}
          />
        </DraftedActionForm>
      </Dialog>
    </>
  );
}
