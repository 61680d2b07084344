import { ActionButton } from "@mgs/shell/actions/action-button";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { Unplug } from "lucide-react";
import type { ConsoleTexts } from "../texts";

type DisconnectButtonProps = {
  texts: ConsoleTexts;
  person: { id: number; name: string };
  disconnect: (userId: number, idempotencyKey: string) => Promise<ActionResult>;
  /** Whether the button is an icon on a phone, because it is one of many in a list. */
  short?: boolean;
};

/** Closes a person's connections, after a question that explains the effect. */
export function DisconnectButton({ texts: { t }, person, disconnect, short = false }: DisconnectButtonProps) {
  const { id, name } = person;
  return (
    <ActionButton
      variant="secondary"
      size="sm"
      action={disconnect.bind(null, id)}
      label={t("realtime.person.cutOf", { name })}
      confirm={{
        title: t("realtime.person.confirmTitle", { name }),
        text: t("realtime.person.confirmText"),
        submit: t("realtime.person.cut"),
        cancel: t("cancel"),
        close: t("close"),
        danger: true,
      }}
    >
      <Unplug aria-hidden />
      <span className={short ? "max-sm:sr-only" : ""}>{t("realtime.person.cut")}</span>
    </ActionButton>
  );
}
