import { peoplePath } from "@mgs/console/links";
import { FACTOR_STATES, LOCK_STATES, PEOPLE_SORTS, PEOPLE_STATES } from "@mgs/identity/people/people-filter";
import { Field } from "@mgs/ui/field";
import { Input } from "@mgs/ui/input";
import { FilterButtons, FilterSelect } from "../console/filters";
import { filterError, hasInvalidFilters } from "../console/invalid-filters";
import type { ConsoleTexts } from "../console/texts";
import { type PeopleSearch, peopleHref, type readInvalidPeopleSearch } from "./people-search";

type FilterFormProps = {
  texts: ConsoleTexts;
  search: PeopleSearch;
  invalid: ReturnType<typeof readInvalidPeopleSearch>;
  roles: readonly { value: string; label: string }[];
};

/** The filters, as a GET form that needs no scripts. */
export function PeopleFilters({ texts, search, invalid, roles }: FilterFormProps) {
  const { t } = texts;
  const isFiltered = peopleHref(search) !== peoplePath() || hasInvalidFilters(invalid);
  const errorOf = (name: keyof typeof invalid) => filterError(texts, invalid[name]);
  return (
    <form
      key={JSON.stringify([search, invalid])}
      method="get"
      action={peoplePath()}
      className="grid gap-4 border-line border-b px-4 py-4 sm:grid-cols-2 sm:px-6 lg:grid-cols-3"
    >
      <Field label={t("people.search")} error={errorOf("search")} className="sm:col-span-2 lg:col-span-3">
        {(aria) => (
          <Input
            {...aria}
            type="search"
            name="search"
            defaultValue={search.search ?? ""}
            placeholder={t("people.searchHint")}
            autoComplete="off"
            maxLength={100}
          />
        )}
      </Field>
      <FilterSelect
        label={t("people.role")}
        name="role"
        value={search.role ?? invalid.role?.value}
        error={errorOf("role")}
        any={t("people.anyRole")}
        options={roles}
      />
      <FilterSelect
        label={t("people.state")}
        name="state"
        value={search.state ?? invalid.state?.value}
        error={errorOf("state")}
        any={t("people.anyState")}
        options={PEOPLE_STATES.map((value) => ({ value, label: t(`people.states.${value}`) }))}
      />
      <FilterSelect
        label={t("people.factor")}
        name="factor"
        value={search.factor ?? invalid.factor?.value}
        error={errorOf("factor")}
        any={t("people.anyFactor")}
        options={FACTOR_STATES.map((value) => ({ value, label: t(`people.factors.${value}`) }))}
      />
      <FilterSelect
        label={t("people.lock")}
        name="lock"
        value={search.lock ?? invalid.lock?.value}
        error={errorOf("lock")}
        any={t("people.anyLock")}
        options={LOCK_STATES.map((value) => ({ value, label: t(`people.locks.${value}`) }))}
      />
      <FilterSelect
        label={t("people.sort")}
        name="sort"
        value={search.sort ?? invalid.sort?.value ?? "name"}
        error={errorOf("sort")}
        options={PEOPLE_SORTS.map((value) => ({ value, label: t(`people.sorts.${value}`) }))}
      />
      <div className="flex items-end">
        <FilterButtons
          apply={t("people.apply")}
          clear={t("people.clear")}
          clearHref={isFiltered ? peoplePath() : null}
        />
      </div>
    </form>
  );
}
