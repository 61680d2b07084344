import { findLockoutOf } from "@mgs/identity/lockout/release-lockout";
import { can } from "@mgs/identity/permissions";
import { ActionButton } from "@mgs/shell/actions/action-button";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { Alert } from "@mgs/ui/alert";
import { portal } from "../../portal";
import type { ConsoleContext } from "../console/console-context";

type LockoutCardProps = {
  context: ConsoleContext;
  person: { id: number; manageable: boolean };
  release: (userId: number) => Promise<ActionResult>;
};

/** Says that a person's sign-ins are refused for a while after failed ones, and lets them try again; nothing while none is refused. */
export async function LockoutCard({ context, person, release }: LockoutCardProps) {
  const { runtime, actor, texts } = context;
  const { t } = texts;
  const { signInLimiter: limiter, codeLimiter } = portal.signIn();
  const lockout = await findLockoutOf({ ...runtime, limiter, codeLimiter }, actor, { userId: person.id });
  if (!lockout) return null;
  return (
    <Alert tone="warning" title={t("people.person.lockedOut")}>
      <p>{t(lockout.everywhere ? "people.person.lockedEverywhere" : "people.person.lockedSomewhere")}</p>
      <p>{t("people.person.lockedFor", { time: texts.duration(lockout.retryAfter) })}</p>
      {person.manageable && can(actor, "lockouts.release") ? (
        <div className="mt-3">
          <ActionButton variant="secondary" action={release.bind(null, person.id)}>
            {t("people.person.release")}
          </ActionButton>
        </div>
      ) : null}
    </Alert>
  );
}
