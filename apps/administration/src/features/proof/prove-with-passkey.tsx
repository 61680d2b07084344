"use client";
import { ActionForm } from "@mgs/shell/actions/action-form";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { loadPasskeys } from "@mgs/shell/auth/passkey-calls";
import { useTranslations } from "@mgs/shell/intl";
import { KeyRound } from "lucide-react";
import type { PasskeyQuestion } from "./passkey-question";

type ProveWithPasskeyProps = {
  ask: () => Promise<PasskeyQuestion>;
  prove: (answer: unknown) => Promise<ActionResult>;
};

/** Asks the person's authenticator for a fresh proof, and leads back to the page that has asked for it. */
export function ProveWithPasskey({ ask, prove }: ProveWithPasskeyProps) {
  const t = useTranslations("passkey");

  async function confirm(): Promise<ActionResult> {
    const [question, { startAuthentication }] = await Promise.all([ask(), loadPasskeys()]);
    if (!question.ok || !question.options) return question;
    const answer = await startAuthentication({ optionsJSON: question.options }).catch(() => null);
    return answer ? prove(answer) : { ok: false, message: t("cancelled") };
  }

  return (
    // Not a button with a toast: pages without the shell show none.
    <ActionForm
      action={confirm}
      submit={
        <>
          <KeyRound aria-hidden />
          {t("use")}
        </>
      }
    >
      {null}
    </ActionForm>
  );
}
