import { DOSSIER_SORTS } from "@mgs/dossiers/dossier-filter";
import { dossiersPath } from "@mgs/dossiers/links";
import type { FilterChoices } from "@mgs/dossiers/record/list-filter-choices";
import { FilterSelect } from "@mgs/shell/table/filters";
import type { ListSearch } from "@mgs/shell/table/list-query";
import { errorOf, FilterForm } from "../filters/filter-form";
import { dossierFields } from "./dossier-fields";
import type { DossierTexts } from "./list-context";

type DossierFiltersProps = { texts: DossierTexts; search: ListSearch; choices: FilterChoices };

/** Every filter of the list, and its order. */
export function DossierFilters({ texts, search, choices }: DossierFiltersProps) {
  const { t, lists } = texts;
  return (
    <div className="border-line border-b">
      <FilterForm
        {...{ texts, search, path: dossiersPath(), hint: t("list.searchHint") }}
        kept={["columns"]}
        fields={dossierFields(texts, choices)}
      >
        <FilterSelect
          label={lists("sort")}
          name="sort"
          value={search.values.sort ?? search.invalid.sort}
          error={errorOf(texts, search, "sort")}
          options={DOSSIER_SORTS.map((one) => ({
            value: one === DOSSIER_SORTS[0] ? "" : one,
            label: t(`list.sorts.${one}`),
          }))}
        />
      </FilterForm>
    </div>
  );
}
