import type { UserActor } from "@mgs/core/actor";
import type { PeopleAct } from "@mgs/identity/batches/batch-kinds";
import { MAX_COUNTED_REACH } from "@mgs/identity/batches/count-reach";
import type { RoleSummary } from "@mgs/identity/roles/role-dto";
import type { ActionQuestion } from "@mgs/shell/actions/action-result";
import type { ConsoleTexts } from "../console/texts";

type RoleChoice = { slug: string; names: RoleSummary["names"] };

/** The question before an act on all whom a filter finds: it names the act and how many people it reaches. */
export function askBulk(
  texts: ConsoleTexts,
  batch: { act: PeopleAct; role?: string | undefined; total: number },
  roles: readonly RoleChoice[],
): ActionQuestion {
  const { t, locale, number } = texts;
  const { act, role: wanted, total } = batch;
  const role = roles.find(({ slug }) => slug === wanted);
  const name = act === "change-role" && role ? t("people.bulk.giveRole", { role: role.names[locale] }) : null;
  const people = t(total >= MAX_COUNTED_REACH ? "people.bulk.confirmMany" : "people.bulk.confirmCount", {
    count: total,
    number: number(total),
  });
  return {
    key: [act, role?.slug ?? "", total].join(" "),
    title: name ?? t(`people.bulk.acts.${act}`),
    text: `${people} ${t(`people.bulk.effects.${act}`)}`,
    submit: t("people.bulk.confirm", { count: total, number: number(total) }),
    ...{ cancel: t("cancel"), close: t("close") },
  };
}

/** The question before somebody gives themself another role; null when it is about somebody else, or the same role. */
export function askOwnRole(
  { t, locale }: ConsoleTexts,
  actor: UserActor,
  input: { userId: number; role: string },
  roles: readonly RoleChoice[],
): ActionQuestion | null {
  if (input.userId !== actor.userId) return null;
  const nameOf = (wanted: string) => roles.find(({ slug }) => slug === wanted)?.names[locale] ?? wanted;
  const [before, after] = [nameOf(actor.role), nameOf(input.role)];
  if (before === after) return null;
  return {
    key: input.role,
    title: t("people.person.ownRoleTitle"),
    text: t("people.person.ownRoleText", { before, after }),
    submit: t("people.person.ownRoleSubmit"),
    ...{ cancel: t("cancel"), close: t("close") },
  };
}
