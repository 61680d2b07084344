"use client";
import { Button } from "@mgs/ui/button";
import { Dialog, DialogClose, DialogContent } from "@mgs/ui/dialog";
import { useTranslations } from "../intl";

type RemoveDialogProps = {
  titre: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onConfirm: () => void;
};

/** Asks once before a notification is gone for good. */
export function RemoveDialog({ titre, open, onOpenChange, onConfirm }: RemoveDialogProps) {
  const t = useTranslations("notifications");
  const shell = useTranslations("shell");
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        title={t("removeTitle")}
        closeLabel={shell("close")}
        footer={
          <>
            <DialogClose asChild>
              <Button variant="secondary">{t("cancel")}</Button>
            </DialogClose>
            <DialogClose asChild>
              <Button variant="danger" onClick={onConfirm}>
                {t("remove")}
              </Button>
            </DialogClose>
          </>
        }
      >
        <p className="break-words text-muted">{t("removeText", { titre })}</p>
      </DialogContent>
    </Dialog>
  );
}
