import { sentPath } from "@mgs/console/links";
import { buttonStyles } from "@mgs/ui/button";
import { Field } from "@mgs/ui/field";
import Link from "next/link";
import { FilterButtons, FilterPanel, FilterSelect, PeriodFields, zoneCity } from "../filters";
import { filterError, hasInvalidFilters } from "../invalid-filters";
import { Candidates } from "../people/candidates";
import type { FoundPerson } from "../people/find-person";
import { PersonField } from "../people/person-field";
import type { ConsoleTexts } from "../texts";
import { toLocal } from "../zoned-time";
import { countActiveFilters, type readInvalid, type SentSearch, sentHref } from "./sent-search";

type FilterFormProps = {
  texts: ConsoleTexts;
  search: SentSearch;
  invalid: ReturnType<typeof readInvalid>;
  recipient: FoundPerson;
  choices: { sources: readonly string[]; types: readonly string[] };
};

const HOUR_MS = 3_600_000;
const RANGES_MS = { lastHour: HOUR_MS, lastDay: 24 * HOUR_MS, lastWeek: 168 * HOUR_MS } as const;

/** The filters of the list, as a GET form that needs no scripts: the address has their values. */
export function FilterForm({ texts, search, invalid, recipient, choices }: FilterFormProps) {
  const { t, timeZone } = texts;
  const active = countActiveFilters(search);
  const isFiltered = active > 0 || hasInvalidFilters(invalid);
  const errorOf = (name: keyof typeof invalid) => filterError(texts, invalid[name]);
  return (
    <FilterPanel title={t("sent.filters.title", { count: active })} open={isFiltered}>
      <form method="get" action={sentPath()} className="grid grid-cols-1 gap-4 px-4 pt-2 pb-4 sm:px-6">
        {search.state ? <input type="hidden" name="state" value={search.state} /> : null}
        <div className="grid grid-cols-1 items-start gap-4 sm:grid-cols-2 xl:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_minmax(0,1.3fr)_minmax(0,1.3fr)_minmax(0,1.3fr)]">
          <FilterSelect
            label={t("sent.filters.source")}
            name="source"
            value={search.source ?? invalid.source?.value}
            error={errorOf("source")}
            any={t("sent.filters.anySource")}
            options={choices.sources.map((value) => ({ value, label: texts.sourceChoice(value) }))}
          />
          <FilterSelect
            label={t("sent.filters.type")}
            name="type"
            value={search.type ?? invalid.type?.value}
            error={errorOf("type")}
            any={t("sent.filters.any")}
            options={choices.types.map((value) => ({ value, label: value }))}
          />
          <Field label={t("sent.filters.recipient")} error={errorOf("recipient")} className="sm:max-xl:col-span-2">
            {(aria) => (
              <PersonField
                name="recipient"
                aria={aria}
                chosen={recipient.chosen}
                search={search.recipient}
                placeholder={t("sent.filters.recipientHint")}
                clearHref={sentHref(search, { recipient: undefined })}
                clearLabel={(name) => t("sent.filters.removeRecipient", { name })}
              />
            )}
          </Field>
          <PeriodFields
            labels={{ from: t("sent.filters.from"), to: t("sent.filters.to") }}
            search={search}
            errors={{ from: errorOf("from"), to: errorOf("to") }}
          />
        </div>
        {recipient.candidates ? (
          <Candidates
            texts={texts}
            search={search.recipient ?? ""}
            people={recipient.candidates}
            hrefOf={(id) => sentHref(search, { recipient: String(id) })}
          />
        ) : null}
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
          <p className="flex flex-wrap items-center gap-x-1 gap-y-1 text-muted text-xs">
            {(Object.keys(RANGES_MS) as (keyof typeof RANGES_MS)[]).map((range) => (
              <Link
                key={range}
                prefetch={false}
                className={buttonStyles({ variant: "ghost", size: "sm", className: "-ms-1" })}
                href={sentHref(search, {
                  from: toLocal(new Date(Date.now() - RANGES_MS[range]), timeZone),
                  to: undefined,
                })}
              >
                {t(`sent.filters.${range}`)}
              </Link>
            ))}
            <span>{t("sent.filters.timeZone", { zone: zoneCity(timeZone) })}</span>
          </p>
          <FilterButtons
            apply={t("sent.filters.apply")}
            clear={t("sent.filters.clear")}
            clearHref={isFiltered ? sentHref(search.state ? { state: search.state } : {}) : null}
          />
        </div>
      </form>
    </FilterPanel>
  );
}
