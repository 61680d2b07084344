import { MAX_CHARACTERS, PRIORITIES } from "@mgs/dossiers/contract/rules";
import { DOSSIER_STATES, OUTCOMES } from "@mgs/dossiers/contract/states";
import { ROLE_PREFIX } from "@mgs/dossiers/dossier-filter";
import type { FilterChoices } from "@mgs/dossiers/record/list-filter-choices";
import type { FilterField } from "../filters/filter-field";
import type { DossierTexts } from "./list-context";

/** Names of the filters that list, board and calendar share. */
export const WORK_FILTERS = ["type", "priority", "assignee"] as const;

const DAYS = ["due_from", "due_before", "opened_from", "opened_before", "decided_from", "decided_before"] as const;

/** Every filter of dossiers: an address that leads to them from a figure or another portal says in words what it asks for. */
export function dossierFields({ t }: DossierTexts, { types, assignees, asked }: FilterChoices): readonly FilterField[] {
  const flag = { kind: "flag", yes: t("yes") } as const;
  const me = { value: "me", label: t("list.filters.me") };
  const toOption = ({ id, name }: { id: number; name: string }) => ({ value: String(id), label: name });
  const roles = asked.flatMap((one) =>
    one.kind === "role" ? [{ value: `${ROLE_PREFIX}${one.slug}`, label: one.name }] : [],
  );
  return [
    {
      ...{ kind: "choice", name: "state", label: t("list.filters.state") },
      options: DOSSIER_STATES.map((state) => ({ value: state, label: t(`states.${state}`) })),
    },
    { ...flag, name: "open", label: t("list.filters.open") },
    { kind: "choice", name: "type", label: t("list.filters.type"), options: types.map(toOption) },
    {
      ...{ kind: "choice", name: "priority", label: t("list.filters.priority") },
      options: PRIORITIES.map((priority) => ({ value: priority, label: t(`priorities.${priority}`) })),
    },
    {
      ...{ kind: "choice", name: "assignee", label: t("list.filters.assignee") },
      options: [me, { value: "nobody", label: t("list.filters.nobody") }, ...assignees.map(toOption)],
    },
    { kind: "text", name: "tag", label: t("list.filters.tag"), maxLength: MAX_CHARACTERS.tag },
    { ...flag, name: "overdue", label: t("list.filters.overdue") },
    {
      ...{ kind: "choice", name: "asked", label: t("list.filters.asked") },
      options: [me, ...asked.flatMap((one) => (one.kind === "person" ? [toOption(one)] : []))],
      groups: roles.length === 0 ? [] : [{ label: t("list.filters.roles"), options: roles }],
    },
    { ...flag, name: "asked_overdue", label: t("list.filters.askedOverdue") },
    {
      ...{ kind: "choice", name: "decision", label: t("list.filters.decision") },
      options: OUTCOMES.map((outcome) => ({ value: outcome, label: t(`states.${outcome}`) })),
    },
    { kind: "url", name: "origin", label: t("list.filters.origin") },
    ...DAYS.map((name): FilterField => ({ kind: "date", name, label: t(`list.filters.days.${name}`) })),
  ];
}
