"use client";
import { Alert } from "@mgs/ui/alert";
import { Button } from "@mgs/ui/button";
import { KeyRound } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useHydrated } from "../hydrated";
import { useTranslations } from "../intl";
import { canUsePasskeys, enrolPasskey, type PasskeyOutcome, signInWithPasskey } from "./passkey-calls";
import { announceSignIn } from "./sibling-tabs";

type PasskeySignInProps = {
  /** The address that takes an authenticator's answer. */
  action: string;
  /** Sets a passkey up instead, within a sign-in that asks for one. */
  enrols?: boolean;
  /** Whether the browser suggests passkeys in the page's e-mail field. */
  autofill?: boolean;
  variant?: "primary" | "secondary";
  /** Whether the page's box "stay signed in" is ticked. */
  isRemembered?: () => boolean;
};

/** Signs in with a passkey, or sets one up: by a button, and by the browser's suggestions in the e-mail field. Without scripts there is nothing. */
export function PasskeySignIn({
  action,
  enrols = false,
  autofill = false,
  variant = "secondary",
  isRemembered,
}: PasskeySignInProps) {
  const t = useTranslations("passkey");
  const page = useTranslations("signIn");
  const hydrated = useHydrated();
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const suggested = useRef(false);

  useEffect(() => {
    if (!autofill || suggested.current || !canUsePasskeys()) return;
    // Once a page: another request would cancel the one that waits.
    suggested.current = true;
    void (async () => {
      if (!(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
      const outcome = await signInWithPasskey(action, { autofill: true, isRemembered });
      if (outcome.kind === "redirect") leave(outcome.to);
      else if (outcome.kind === "refused" && outcome.code === "PASSKEY_REFUSED") setProblem(outcome.message);
    })();
  }, [action, autofill, isRemembered]);

  async function press() {
    setPending(true);
    setProblem(null);
    const outcome = await (enrols
      ? enrolPasskey(action)
      : signInWithPasskey(action, { autofill: false, isRemembered }));
    // The button stays busy while the browser leaves.
    if (outcome.kind === "redirect") return leave(outcome.to, !enrols);
    setPending(false);
    setProblem(textOf(outcome));
  }

  function textOf(outcome: PasskeyOutcome): string {
    if (outcome.kind === "refused") return outcome.message;
    if (outcome.kind !== "cancelled") return page("failed");
    return t(enrols ? "notCreated" : "cancelled");
  }

  if (!hydrated || !canUsePasskeys()) return null;
  return (
    <div className="grid gap-4">
      {problem ? <Alert tone="danger">{problem}</Alert> : null}
      <Button variant={variant} pending={pending} onClick={press} className="w-full">
        <KeyRound aria-hidden />
        {t(enrols ? "create" : "use")}
      </Button>
    </div>
  );
}

/** @param isSignedIn false while something is left to do: the other tabs wait */
function leave(to: string, isSignedIn = true): void {
  if (isSignedIn) announceSignIn();
  window.location.assign(to);
}
