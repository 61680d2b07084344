"use client";
import { isScope } from "@mgs/core/scopes";
import { Alert } from "@mgs/ui/alert";
import { Button } from "@mgs/ui/button";
import { Check } from "lucide-react";
import { useTranslations } from "./intl";
import { PublicFrame } from "./layout/public-frame";

type ConsentFormProps = {
  /** Receives the field `decision`: `accept` or `refuse`. */
  action: string;
  clientName: string;
  email: string;
  scopes: readonly string[];
  /** Scopes that the person has allowed it before. */
  allowed?: readonly string[];
  /** Why the last answer was refused; null before the first one. */
  problem?: string | null;
};

/** Asks whether an application that is not ours may do what it asks for. Needs no scripts. */
export function ConsentForm({ action, clientName, email, scopes, allowed = [], problem = null }: ConsentFormProps) {
  const t = useTranslations("consent");
  const describeScope = (scope: string) => {
    return isScope(scope) ? t(`scopes.${scope}`) : t("otherScope", { scope });
  };
  return (
    <PublicFrame
      portal="administration"
      title={t("title", { client: clientName })}
      intro={<p className="break-words">{t("intro", { client: clientName, email })}</p>}
    >
      {problem ? (
        <Alert tone="danger" className="mb-6">
          {problem}
        </Alert>
      ) : null}
      <p className="font-medium">{t(allowed.length > 0 ? "listMore" : "list")}</p>
      <ul className="mt-2 grid gap-2">
        {scopes.map((scope) => (
          <li key={scope} className="flex items-start gap-2">
            <Check aria-hidden className="mt-0.5 size-4 shrink-0 text-accent-ink" />
            <span className="break-words">{describeScope(scope)}</span>
          </li>
        ))}
      </ul>
      {allowed.length > 0 ? (
        <p className="mt-4 text-muted text-sm">{t("allowed", { scopes: allowed.map(describeScope).join(", ") })}</p>
      ) : null}
      <form method="post" action={action} className="mt-8 grid grid-cols-2 gap-2">
        <Button type="submit" variant="secondary" name="decision" value="refuse">
          {t("refuse")}
        </Button>
        <Button type="submit" name="decision" value="accept">
          {t("accept")}
        </Button>
      </form>
    </PublicFrame>
  );
}
