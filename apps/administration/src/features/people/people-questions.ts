import type { UserActor } from "@mgs/core/actor";
import type { PeopleAct } from "@mgs/identity/batches/batch-kinds";
import { MAX_COUNTED_REACH } from "@mgs/identity/batches/count-reach";
import type { RoleSummary } from "@mgs/identity/roles/role-dto";
import type { ActionQuestion, ActionResult } from "@mgs/shell/actions/action-result";
import type { FormValues } from "@mgs/shell/actions/form-values";
import type { ConsoleTexts } from "../console/texts";

type RoleChoice = { slug: string; names: RoleSummary["names"] };
type Batch = { act: PeopleAct; role?: string | undefined; whose: { ids: readonly number[] } | { filter: object } };

/** Whether an act on people who were chosen takes away the account, or the role, of whoever asks for it. */
export function reachesOneself(actor: UserActor, { act, role, whose }: Batch): boolean {
  if (!("ids" in whose) || !whose.ids.includes(actor.userId)) return false;
  return act === "disable" || (act === "change-role" && role !== actor.role);
}

/**
 * The question before an act on all whom a filter finds, or on chosen people of whom one is the actor: it names the act, how many people it
 * reaches, and what it does.
 */
export function askBulk(
  texts: ConsoleTexts,
  actor: UserActor,
  batch: Batch,
  total: number,
  roles: readonly RoleChoice[],
): ActionQuestion {
  const { t, locale, number } = texts;
  const { act, role: wanted } = batch;
  const own = reachesOneself(actor, batch);
  const role = roles.find(({ slug }) => slug === wanted);
  const name = act === "change-role" && role ? t("people.bulk.giveRole", { role: role.names[locale] }) : null;
  return {
    key: [own ? "own" : "filter", act, role?.slug ?? "", total].join(" "),
    title: name ?? t(`people.bulk.acts.${act}`),
    text: own ? ownText() : `${filterText()} ${t(`people.bulk.effects.${act}`)}`,
    submit: t("people.bulk.confirm", { count: total, number: number(total) }),
    ...{ cancel: t("cancel"), close: t("close") },
  };

  function filterText(): string {
    const count = { count: total, number: number(total) };
    return t(total >= MAX_COUNTED_REACH ? "people.bulk.confirmMany" : "people.bulk.confirmCount", count);
  }

  function ownText(): string {
    const loss =
      act === "disable"
        ? t("people.leaving.ownText")
        : t("people.person.ownRoleText", namesOf(texts, actor.role, wanted ?? "", roles));
    return `${t("people.bulk.ownAccount")} ${loss}`;
  }
}

/** The question before somebody gives themself another role; null when it is about somebody else, or the same role. */
export function askOwnRole(
  texts: ConsoleTexts,
  actor: UserActor,
  input: { userId: number; role: string },
  roles: readonly RoleChoice[],
): ActionQuestion | null {
  if (input.userId !== actor.userId || input.role === actor.role) return null;
  const { t } = texts;
  return {
    key: input.role,
    title: t("people.person.ownRoleTitle"),
    text: t("people.person.ownRoleText", namesOf(texts, actor.role, input.role, roles)),
    submit: t("people.person.ownRoleSubmit"),
    ...{ cancel: t("cancel"), close: t("close") },
  };
}

/** The names of the role that somebody has and of the one that they get. */
function namesOf({ locale }: ConsoleTexts, before: string, after: string, roles: readonly RoleChoice[]) {
  const nameOf = (wanted: string) => roles.find(({ slug }) => slug === wanted)?.names[locale] ?? wanted;
  return { before: nameOf(before), after: nameOf(after) };
}

/** Says at the fields of a refused act on many what is still to be chosen; other errors stay as they are. */
export function nameMissingChoices({ t }: ConsoleTexts, values: FormValues, result: ActionResult): ActionResult {
  if (!result.fieldErrors) return result;
  const isMissing = (name: string) => typeof values[name] !== "string" || values[name] === "";
  const nobody = values.whose !== "all" && (!Array.isArray(values.ids) || values.ids.length === 0);
  const missing = [
    ...(isMissing("act") ? [{ path: "act", message: t("people.bulk.chooseAct") }] : []),
    ...(values.act === "change-role" && isMissing("role")
      ? [{ path: "role", message: t("people.bulk.chooseRole") }]
      : []),
    ...(nobody ? [{ path: "whose", message: t("people.bulk.chooseSomebody") }] : []),
  ];
  const isNamed = (path: string) => missing.some((field) => field.path === path.split(".")[0]);
  return { ...result, fieldErrors: [...missing, ...result.fieldErrors.filter(({ path }) => !isNamed(path))] };
}
