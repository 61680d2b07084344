import type { Asked } from "@mgs/dossiers/contract/opinions";
import { MAX_CHARACTERS } from "@mgs/dossiers/contract/rules";
import { DOSSIER_STATES, OUTCOMES } from "@mgs/dossiers/contract/states";
import { DOSSIER_SORTS, ROLE_PREFIX } from "@mgs/dossiers/dossier-filter";
import { dossiersPath } from "@mgs/dossiers/links";
import { FilterSelect } from "@mgs/shell/table/filters";
import type { ListSearch } from "@mgs/shell/table/list-query";
import { ChoiceFilter, FilterForm, TextFilter } from "./filter-form";
import type { DossierTexts } from "./list-context";
import { type FilterChoices, WORK_FILTERS, WorkFilters } from "./work-filters";

type DossierFiltersProps = {
  texts: DossierTexts;
  search: ListSearch;
  choices: FilterChoices;
  /** Of whom opinions are waited for. */
  awaited: readonly Asked[];
};

const DAYS = ["due_from", "due_before", "opened_from", "opened_before", "decided_from", "decided_before"] as const;

/** What stands in the folded part. */
const FOLDED = [
  ...["open", "state", ...WORK_FILTERS, "tag", "overdue", "decision", "asked", "asked_overdue", "origin"],
  ...DAYS,
];

/** Every filter of the list: an address that leads here from a figure or another portal says in the form what it asks for. */
export function DossierFilters({ texts, search, choices, awaited }: DossierFiltersProps) {
  const { t, lists } = texts;
  const common = { texts, search };
  const yes = [{ value: "true", label: t("yes") }];
  const people = awaited.filter((asked) => asked.kind === "person");
  const roles = awaited.filter((asked) => asked.kind === "role");
  const sort = search.values.sort ?? search.invalid.sort;
  return (
    <div className="border-line border-b">
      <FilterForm {...common} path={dossiersPath()} kept={["columns"]} folded={FOLDED}>
        <ChoiceFilter
          {...common}
          name="state"
          label={t("list.filters.state")}
          options={DOSSIER_STATES.map((state) => ({ value: state, label: t(`states.${state}`) }))}
        />
        <ChoiceFilter {...common} name="open" label={t("list.filters.open")} options={yes} />
        <WorkFilters {...common} choices={choices} />
        <TextFilter {...common} name="tag" label={t("list.filters.tag")} type="text" maxLength={MAX_CHARACTERS.tag} />
        <ChoiceFilter {...common} name="overdue" label={t("list.filters.overdue")} options={yes} />
        <FilterSelect
          label={lists("sort")}
          name="sort"
          value={sort}
          error={search.invalid.sort && lists("invalid.value", { value: search.invalid.sort })}
          options={DOSSIER_SORTS.map((one) => ({
            value: one === DOSSIER_SORTS[0] ? "" : one,
            label: t(`list.sorts.${one}`),
          }))}
        />
        <ChoiceFilter
          {...common}
          name="asked"
          label={t("list.filters.asked")}
          options={[
            { value: "me", label: t("list.filters.me") },
            ...people.map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
          groups={
            roles.length === 0
              ? []
              : [
                  {
                    label: t("list.filters.roles"),
                    options: roles.map(({ slug, name }) => ({ value: `${ROLE_PREFIX}${slug}`, label: name })),
                  },
                ]
          }
        />
        <ChoiceFilter {...common} name="asked_overdue" label={t("list.filters.askedOverdue")} options={yes} />
        <ChoiceFilter
          {...common}
          name="decision"
          label={t("list.filters.decision")}
          options={OUTCOMES.map((outcome) => ({ value: outcome, label: t(`states.${outcome}`) }))}
        />
        <TextFilter {...common} name="origin" label={t("list.filters.origin")} type="url" />
        {DAYS.map((name) => (
          <TextFilter key={name} {...common} name={name} label={t(`list.filters.days.${name}`)} type="date" />
        ))}
      </FilterForm>
    </div>
  );
}
