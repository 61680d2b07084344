import { buttonStyles } from "@mgs/ui/button";
import { cn } from "@mgs/ui/cn";
import { Field } from "@mgs/ui/field";
import { controlStyles, Input } from "@mgs/ui/input";
import { ChevronDown, SlidersHorizontal } from "lucide-react";
import Link from "next/link";
import { sentPath } from "../links";
import { Candidates } from "../people/candidates";
import type { FoundPerson } from "../people/find-person";
import { PersonField } from "../people/person-field";
import type { ConsoleTexts } from "../texts";
import { toLocal } from "../zoned-time";
import { countActiveFilters, type SentSearch, sentHref } from "./sent-search";

type FilterFormProps = {
  texts: ConsoleTexts;
  search: SentSearch;
  recipient: FoundPerson;
  choices: { sources: readonly string[]; types: readonly string[] };
};

const HOUR_MS = 3_600_000;
const RANGES_MS = { lastHour: HOUR_MS, lastDay: 24 * HOUR_MS, lastWeek: 168 * HOUR_MS } as const;

/** The filters of the list, as a GET form that needs no scripts: the address has their values. */
export function FilterForm({ texts, search, recipient, choices }: FilterFormProps) {
  const { t, timeZone } = texts;
  const active = countActiveFilters(search);
  return (
    <details open={active > 0} className="group border-line border-b">
      <summary className="flex min-h-11 list-none items-center gap-2 px-4 font-medium hover:bg-subtle/60 sm:px-6 [&::-webkit-details-marker]:hidden">
        <SlidersHorizontal aria-hidden className="size-4 text-muted" />
        <span className="flex-1">{t("sent.filters.title", { count: active })}</span>
        <ChevronDown aria-hidden className="size-4 text-muted transition-transform group-open:rotate-180" />
      </summary>
      <form method="get" action={sentPath()} className="grid grid-cols-1 gap-4 px-4 pt-2 pb-4 sm:px-6">
        {search.state ? <input type="hidden" name="state" value={search.state} /> : null}
        <div className="grid grid-cols-1 items-start gap-4 sm:grid-cols-2 xl:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_minmax(0,1.3fr)_minmax(0,1.3fr)_minmax(0,1.3fr)]">
          <Choice
            label={t("sent.filters.source")}
            name="source"
            value={search.source}
            any={t("sent.filters.anySource")}
            options={choices.sources.map((value) => ({ value, label: texts.sourceChoice(value) }))}
          />
          <Choice
            label={t("sent.filters.type")}
            name="type"
            value={search.type}
            any={t("sent.filters.any")}
            options={choices.types.map((value) => ({ value, label: value }))}
          />
          <Field label={t("sent.filters.recipient")} className="sm:max-xl:col-span-2">
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
          {(["from", "to"] as const).map((name) => (
            <Field key={name} label={t(`sent.filters.${name}`)}>
              {(aria) => <Input {...aria} type="datetime-local" name={name} defaultValue={search[name] ?? ""} />}
            </Field>
          ))}
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
            <span>
              {t("sent.filters.timeZone", { zone: (timeZone.split("/").at(-1) ?? timeZone).replaceAll("_", " ") })}
            </span>
          </p>
          <div className="flex flex-wrap gap-2 max-sm:w-full">
            {active > 0 ? (
              <Link
                prefetch={false}
                href={sentHref(search.state ? { state: search.state } : {})}
                className={buttonStyles({ variant: "ghost", className: "max-sm:flex-1" })}
              >
                {t("sent.filters.clear")}
              </Link>
            ) : null}
            <button type="submit" className={buttonStyles({ variant: "secondary", className: "max-sm:flex-1" })}>
              {t("sent.filters.apply")}
            </button>
          </div>
        </div>
      </form>
    </details>
  );
}

type ChoiceProps = {
  label: string;
  name: string;
  value: string | undefined;
  any: string;
  options: readonly { value: string; label: string }[];
};

function Choice({ label, name, value, any, options }: ChoiceProps) {
  // A value of the address stays visible, even when no notification has it.
  const known = value === undefined || options.some((option) => option.value === value);
  return (
    <Field label={label}>
      {(aria) => (
        <select {...aria} name={name} defaultValue={value ?? ""} className={cn(controlStyles, "h-10")}>
          <option value="">{any}</option>
          {known ? null : <option value={value}>{value}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
