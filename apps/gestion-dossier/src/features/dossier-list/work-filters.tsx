import type { PersonRef } from "@mgs/dossiers/contract/dossier";
import { PRIORITIES } from "@mgs/dossiers/contract/rules";
import type { ListSearch } from "@mgs/shell/table/list-query";
import { ChoiceFilter } from "./filter-form";
import type { DossierTexts } from "./list-context";

export type FilterChoices = {
  types: readonly { id: number; name: string }[];
  assignees: readonly PersonRef[];
};

type WorkFiltersProps = { texts: DossierTexts; search: ListSearch; choices: FilterChoices };

/** Names of the filters of {@link WorkFilters}. */
export const WORK_FILTERS = ["type", "priority", "assignee"] as const;

/** The filters that list, board and calendar share. */
export function WorkFilters({ texts, search, choices: { types, assignees } }: WorkFiltersProps) {
  const { t } = texts;
  const common = { texts, search };
  return (
    <>
      <ChoiceFilter
        {...common}
        name="type"
        label={t("list.filters.type")}
        options={types.map(({ id, name }) => ({ value: String(id), label: name }))}
      />
      <ChoiceFilter
        {...common}
        name="priority"
        label={t("list.filters.priority")}
        options={PRIORITIES.map((priority) => ({ value: priority, label: t(`priorities.${priority}`) }))}
      />
      <ChoiceFilter
        {...common}
        name="assignee"
        label={t("list.filters.assignee")}
        options={[
          { value: "me", label: t("list.filters.me") },
          { value: "nobody", label: t("list.filters.nobody") },
          ...assignees.map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
      />
    </>
  );
}
