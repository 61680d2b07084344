import type { FilterChoices } from "@mgs/dossiers/record/list-filter-choices";
import type { ListSearch } from "@mgs/shell/table/list-query";
import { FilterForm } from "../filters/filter-form";
import { dossierFields, WORK_FILTERS } from "./dossier-fields";
import type { DossierTexts } from "./list-context";

type ViewFiltersProps = {
  texts: DossierTexts;
  search: ListSearch;
  choices: FilterChoices;
  /** The page's own address. */
  path: string;
  /** A parameter that is no filter, and stays. */
  kept?: string;
};

/** The filters of the board and the calendar: the few that they offer, and those that their address has besides. */
export function ViewFilters({ texts, search, choices, path, kept }: ViewFiltersProps) {
  const offered = new Set<string>([...WORK_FILTERS, ...Object.keys(search.values), ...Object.keys(search.invalid)]);
  return (
    <FilterForm
      {...{ texts, search, path, hint: texts.t("list.searchHint") }}
      kept={kept === undefined ? [] : [kept]}
      fields={dossierFields(texts, choices).filter(({ name }) => offered.has(name))}
    />
  );
}
