"use client";
import { Button } from "@mgs/ui/button";
import { Dialog } from "@mgs/ui/dialog";
import { Field } from "@mgs/ui/field";
import { Input } from "@mgs/ui/input";
import { useState } from "react";
import { useLocale, useTranslations } from "../intl";
import { momentsFrom, toLocalInput } from "./when";

type MomentDialogProps = {
  title: string;
  submit: string;
  /** @returns when it is done; the dialog stays until then */
  onChoose: (at: Date) => Promise<void>;
  onClose: () => void;
};

/** Asks for a moment: one of those that people mostly mean, or any other. */
export function MomentDialog({ title, submit, onChoose, onClose }: MomentDialogProps) {
  const t = useTranslations("messages");
  const locale = useLocale();
  const [now] = useState(() => new Date());
  const [other, setOther] = useState(() => toLocalInput(new Date(now.getTime() + 2 * 3_600_000)));
  const [pending, setPending] = useState(false);
  const format = new Intl.DateTimeFormat(locale, { weekday: "short", hour: "2-digit", minute: "2-digit" });

  async function choose(at: Date) {
    setPending(true);
    await onChoose(at);
    setPending(false);
  }
  return (
    <Dialog open onClose={onClose} title={title} closeLabel={t("close")}>
      <div className="grid gap-4">
        <ul className="grid gap-2">
          {momentsFrom(now).map(({ name, at }) => (
            <li key={name}>
              <Button
                variant="secondary"
                className="w-full justify-between"
                disabled={pending}
                onClick={() => void choose(at)}
              >
                {t(`later.${name}`)}
                <span className="text-muted text-xs">{format.format(at)}</span>
              </Button>
            </li>
          ))}
        </ul>
        <form
          className="flex flex-wrap items-end gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            const at = new Date(other);
            if (!Number.isNaN(at.getTime())) void choose(at);
          }}
        >
          <div className="min-w-48 flex-1">
            <Field label={t("later.other")}>
              {(control) => (
                <Input
                  {...control}
                  type="datetime-local"
                  value={other}
                  min={toLocalInput(now)}
                  required
                  onChange={({ target }) => setOther(target.value)}
                />
              )}
            </Field>
          </div>
          <Button type="submit" pending={pending}>
            {submit}
          </Button>
        </form>
      </div>
    </Dialog>
  );
}
