import { AUDIT_GROUPS } from "@mgs/audit/trail/trail-filter";
import { journalPath } from "@mgs/journal/links";
import { Field } from "@mgs/ui/field";
import { Input } from "@mgs/ui/input";
import { FilterButtons, FilterPanel, FilterSelect, PeriodFields, zoneCity } from "../filters";
import { filterError, hasInvalidFilters } from "../invalid-filters";
import { Candidates } from "../people/candidates";
import type { FoundPerson } from "../people/find-person";
import { PersonField } from "../people/person-field";
import type { ConsoleTexts } from "../texts";
import { countActiveFilters, type JournalSearch, journalHref, type readInvalid } from "./journal-search";
import type { JournalTexts } from "./journal-texts";

type JournalFilterFormProps = {
  consoleTexts: ConsoleTexts;
  texts: JournalTexts;
  search: JournalSearch;
  invalid: ReturnType<typeof readInvalid>;
  person: FoundPerson;
};

/** The filters of the list, as a GET form that needs no scripts: the address has their values. */
export function JournalFilterForm({ consoleTexts, texts, search, invalid, person }: JournalFilterFormProps) {
  const { t, timeZone } = texts;
  const active = countActiveFilters(search);
  const isFiltered = active > 0 || hasInvalidFilters(invalid);
  const errorOf = (name: keyof typeof invalid) => filterError(consoleTexts, invalid[name]);
  return (
    <FilterPanel title={t("filters.title", { count: active })} open={isFiltered}>
      <form method="get" action={journalPath()} className="grid grid-cols-1 gap-4 px-4 pt-2 pb-4 sm:px-6">
        <div className="grid grid-cols-1 items-start gap-4 sm:grid-cols-2 xl:grid-cols-3 2xl:grid-cols-5">
          <Field label={t("filters.person")} error={errorOf("person")}>
            {(aria) => (
              <PersonField
                name="person"
                aria={aria}
                chosen={person.chosen}
                search={search.person}
                placeholder={t("filters.personHint")}
                clearHref={journalHref(search, { person: undefined })}
                clearLabel={(name) => t("filters.removePerson", { name })}
              />
            )}
          </Field>
          <FilterSelect
            label={t("filters.group")}
            name="group"
            value={search.group ?? invalid.group?.value}
            error={errorOf("group")}
            any={t("filters.anyGroup")}
            options={AUDIT_GROUPS.map((group) => ({ value: group, label: texts.journal.groups[group] }))}
          />
          <Field label={t("filters.ip")} error={errorOf("ip")}>
            {(aria) => (
              <Input
                {...aria}
                name="ip"
                defaultValue={search.ip ?? invalid.ip?.value ?? ""}
                autoComplete="off"
                maxLength={45}
                spellCheck={false}
              />
            )}
          </Field>
          <PeriodFields
            labels={{ from: t("filters.from"), to: t("filters.to") }}
            search={search}
            errors={{ from: errorOf("from"), to: errorOf("to") }}
          />
        </div>
        {person.candidates ? (
          <Candidates
            texts={consoleTexts}
            search={search.person ?? ""}
            people={person.candidates}
            hrefOf={(id) => journalHref(search, { person: String(id) })}
          />
        ) : null}
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
          <p className="text-muted text-xs">{t("filters.timeZone", { zone: zoneCity(timeZone) })}</p>
          <FilterButtons
            apply={t("filters.apply")}
            clear={t("filters.clear")}
            clearHref={isFiltered ? journalPath() : null}
          />
        </div>
      </form>
    </FilterPanel>
  );
}
