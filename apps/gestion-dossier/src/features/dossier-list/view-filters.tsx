import type { ListSearch } from "@mgs/shell/table/list-query";
import { FilterForm } from "./filter-form";
import type { DossierTexts } from "./list-context";
import { type FilterChoices, WORK_FILTERS, WorkFilters } from "./work-filters";

type ViewFiltersProps = {
  texts: DossierTexts;
  search: ListSearch;
  choices: FilterChoices;
  /** The page's own address. */
  path: string;
  /** A parameter that is no filter, and stays. */
  kept?: string;
};

/** The filters of the board and the calendar. */
export function ViewFilters({ texts, search, choices, path, kept }: ViewFiltersProps) {
  return (
    <FilterForm {...{ texts, search, path }} kept={kept === undefined ? [] : [kept]} folded={WORK_FILTERS}>
      <WorkFilters {...{ texts, search, choices }} />
    </FilterForm>
  );
}
