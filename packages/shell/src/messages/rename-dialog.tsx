"use client";
import { MAX_NAME_CHARACTERS } from "@mgs/messaging/contract/conversation";
import { Button } from "@mgs/ui/button";
import { Dialog } from "@mgs/ui/dialog";
import { Field } from "@mgs/ui/field";
import { Input } from "@mgs/ui/input";
import { useState } from "react";
import { useTranslations } from "../intl";

type RenameDialogProps = { name: string; onRename: (name: string) => Promise<void>; onClose: () => void };

/** Asks for a conversation's name; without one it is called by its people. */
export function RenameDialog({ name, onRename, onClose }: RenameDialogProps) {
  const t = useTranslations("messages");
  const [typed, setTyped] = useState(name);
  const [pending, setPending] = useState(false);
  return (
    <Dialog open onClose={onClose} title={t("rename")} closeLabel={t("close")}>
      <form
        className="grid gap-4"
        onSubmit={async (event) => {
          event.preventDefault();
          setPending(true);
          await onRename(typed.trim());
          setPending(false);
        }}
      >
        <Field label={t("nameLabel")}>
          {(control) => (
            <Input
              {...control}
              value={typed}
              maxLength={MAX_NAME_CHARACTERS}
              onChange={({ target }) => setTyped(target.value)}
            />
          )}
        </Field>
        <div className="flex justify-end gap-2">
          <Button variant="ghost" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button type="submit" pending={pending}>
            {t("save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
