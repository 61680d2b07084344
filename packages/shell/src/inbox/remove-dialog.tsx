"use client";
import { Button } from "@mgs/ui/button";
import { Dialog } from "@mgs/ui/dialog";
import { useTranslations } from "../intl";

type RemoveDialogProps = {
  titre: string;
  open: boolean;
  onClose: () => void;
  onConfirm: () => void;
};

/** Asks for a confirmation before it deletes a notification. */
export function RemoveDialog({ titre, open, onClose, onConfirm }: RemoveDialogProps) {
  const t = useTranslations("notifications");
  const shell = useTranslations("shell");
  function confirm() {
    onClose();
    onConfirm();
  }
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t("removeTitle")}
      closeLabel={shell("close")}
      footer={
        <>
          <Button variant="secondary" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button variant="danger" onClick={confirm}>
            {t("remove")}
          </Button>
        </>
      }
    >
      <p className="break-words text-muted">{t("removeText", { titre })}</p>
    </Dialog>
  );
}
