import { AUDIT_GROUPS } from "@mgs/audit/trail/trail-filter";
import { journalPath } from "@mgs/journal/links";
import { buttonStyles } from "@mgs/ui/button";
import { cn } from "@mgs/ui/cn";
import { Field } from "@mgs/ui/field";
import { controlStyles, Input } from "@mgs/ui/input";
import { ChevronDown, SlidersHorizontal } from "lucide-react";
import Link from "next/link";
import { Candidates } from "../people/candidates";
import type { FoundPerson } from "../people/find-person";
import { PersonField } from "../people/person-field";
import type { ConsoleTexts } from "../texts";
import { countActiveFilters, type JournalSearch, journalHref } from "./journal-search";
import type { JournalTexts } from "./journal-texts";

type JournalFilterFormProps = {
  consoleTexts: ConsoleTexts;
  texts: JournalTexts;
  search: JournalSearch;
  person: FoundPerson;
};

/** The filters of the list, as a GET form that needs no scripts: the address has their values. */
export function JournalFilterForm({ consoleTexts, texts, search, person }: JournalFilterFormProps) {
  const { t, timeZone } = texts;
  const active = countActiveFilters(search);
  return (
    <details open={active > 0} className="group border-line border-b">
      <summary className="flex min-h-11 list-none items-center gap-2 px-4 font-medium hover:bg-subtle/60 sm:px-6 [&::-webkit-details-marker]:hidden">
        <SlidersHorizontal aria-hidden className="size-4 text-muted" />
        <span className="flex-1">{t("filters.title", { count: active })}</span>
        <ChevronDown aria-hidden className="size-4 text-muted transition-transform group-open:rotate-180" />
      </summary>
      <form method="get" action={journalPath()} className="grid grid-cols-1 gap-4 px-4 pt-2 pb-4 sm:px-6">
        <div className="grid grid-cols-1 items-start gap-4 sm:grid-cols-2 xl:grid-cols-3 2xl:grid-cols-5">
          <Field label={t("filters.person")}>
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
          <Field label={t("filters.group")}>
            {(aria) => (
              <select
                {...aria}
                name="group"
                defaultValue={search.group ?? ""}
                className={cn(controlStyles, "h-10 appearance-auto")}
              >
                <option value="">{t("filters.anyGroup")}</option>
                {AUDIT_GROUPS.map((group) => (
                  <option key={group} value={group}>
                    {groupName(texts, group)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label={t("filters.ip")}>
            {(aria) => (
              <Input
                {...aria}
                name="ip"
                defaultValue={search.ip ?? ""}
                autoComplete="off"
                maxLength={45}
                spellCheck={false}
              />
            )}
          </Field>
          {(["from", "to"] as const).map((name) => (
            <Field key={name} label={t(`filters.${name}`)}>
              {(aria) => <Input {...aria} type="datetime-local" name={name} defaultValue={search[name] ?? ""} />}
            </Field>
          ))}
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
          <p className="text-muted text-xs">
            {t("filters.timeZone", { zone: (timeZone.split("/").at(-1) ?? timeZone).replaceAll("_", " ") })}
          </p>
          <div className="flex flex-wrap gap-2 max-sm:w-full">
            {active > 0 ? (
              <Link
                prefetch={false}
                href={journalPath()}
                className={buttonStyles({ variant: "ghost", className: "max-sm:flex-1" })}
              >
                {t("filters.clear")}
              </Link>
            ) : null}
            <button type="submit" className={buttonStyles({ variant: "secondary", className: "max-sm:flex-1" })}>
              {t("filters.apply")}
            </button>
          </div>
        </div>
      </form>
    </details>
  );
}

/** A group without a name of its own has its key. */
function groupName({ journal }: JournalTexts, group: string): string {
  const names: Readonly<Record<string, string>> = journal.groups;
  return names[group] ?? group;
}
