"use client";
import { ActionField, ActionForm } from "@mgs/shell/actions/action-form";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import type { FormValues } from "@mgs/shell/actions/form-values";
import { canUsePasskeys, loadPasskeys } from "@mgs/shell/auth/passkey-calls";
import { useHydrated } from "@mgs/shell/hydrated";
import { useTranslations } from "@mgs/shell/intl";
import type { PasskeyOffer } from "./passkey-offer";

type AddPasskeyProps = {
  offer: () => Promise<PasskeyOffer>;
  register: (name: unknown, answer: unknown) => Promise<ActionResult>;
};

/** Asks the device for a new passkey under a name, and adds it. */
export function AddPasskey({ offer, register }: AddPasskeyProps) {
  const t = useTranslations("passkey");
  const hydrated = useHydrated();

  async function add(values: FormValues): Promise<ActionResult> {
    const [offered, { startRegistration }] = await Promise.all([offer(), loadPasskeys()]);
    if (!offered.ok || !offered.options) return offered;
    try {
      return await register(values.name, await startRegistration({ optionsJSON: offered.options }));
    } catch (error) {
      const isKnown = error instanceof Error && "code" in error && error.code === KNOWN_CREDENTIAL;
      return { ok: false, message: t(isKnown ? "known" : "cancelled") };
    }
  }

  if (hydrated && !canUsePasskeys()) return <p className="text-muted">{t("unsupported")}</p>;
  return (
    <ActionForm action={add} submit={t("add")} resets className="max-w-sm">
      <ActionField name="name" label={t("name")} description={t("nameHint")} maxLength={60} required />
    </ActionForm>
  );
}

/** The library's code for an authenticator that has a passkey of this account already. */
const KNOWN_CREDENTIAL = "ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED";
