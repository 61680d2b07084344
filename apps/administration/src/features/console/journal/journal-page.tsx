import { listTrail } from "@mgs/audit/trail/list-trail";
import { createEventDescriber } from "@mgs/journal/describe-event";
import { readEventNames } from "@mgs/journal/event-names";
import { PageHeader } from "@mgs/shell/layout/page-header";
import { buttonStyles } from "@mgs/ui/button";
import { Card } from "@mgs/ui/card";
import { EmptyState } from "@mgs/ui/empty-state";
import { Download, ScrollText } from "lucide-react";
import type { ConsoleContext } from "../console-context";
import { hasInvalidFilters } from "../invalid-filters";
import { InvalidFiltersState } from "../invalid-filters-state";
import { PageLinks } from "../page-links";
import { findPerson } from "../people/find-person";
import { JournalFilterForm } from "./journal-filter-form";
import { type JournalSearch, journalExportHref, journalHref, type readInvalid, toFilter } from "./journal-search";
import { JournalTable } from "./journal-table";
import { journalTexts } from "./journal-texts";

type JournalPageProps = {
  context: ConsoleContext;
  search: JournalSearch;
  invalid: ReturnType<typeof readInvalid>;
};

/** `/console/journal`: the events of the audit trail, filtered by the parameters in the address. */
export async function JournalPage({ context, search, invalid }: JournalPageProps) {
  const { runtime, actor } = context;
  const texts = journalTexts(context);
  const { t } = texts;
  const person = await findPerson(context, search.person);
  const isPersonOpen = search.person !== undefined && person.chosen === null;
  const filter = toFilter(search, person.chosen?.id ?? null, texts.timeZone);
  // While the person is not chosen yet or a filter is invalid, more events than asked for would look like the result.
  const page =
    isPersonOpen || hasInvalidFilters(invalid)
      ? null
      : await listTrail(runtime, actor, { ...filter, before: search.before, after: search.after });
  const describer = createEventDescriber(texts.locale, await readEventNames(runtime.database, page?.items ?? []));
  return (
    <>
      <PageHeader
        title={t("title")}
        intro={t("intro")}
        actions={
          page ? (
            // A file to save: the framework's link would fetch it as a page.
            <a href={journalExportHref(filter)} className={buttonStyles({ variant: "secondary" })}>
              <Download aria-hidden />
              {t("export")}
            </a>
          ) : null
        }
      />
      <Card>
        <JournalFilterForm
          key={JSON.stringify([search, invalid])}
          consoleTexts={context.texts}
          texts={texts}
          search={search}
          invalid={invalid}
          person={person}
        />
        {hasInvalidFilters(invalid) ? <InvalidFiltersState texts={context.texts} /> : null}
        {page && page.items.length > 0 ? (
          <JournalTable texts={texts} events={page.items} describer={describer} search={search} />
        ) : null}
        {page?.items.length === 0 ? (
          <EmptyState icon={<ScrollText />} title={t("empty.title")} text={t("empty.text")} />
        ) : null}
      </Card>
      <PageLinks
        label={t("pages")}
        back={page?.newer ? { href: journalHref(search, { after: page.newer }), text: t("newer") } : null}
        on={page?.older ? { href: journalHref(search, { before: page.older }), text: t("older") } : null}
      />
    </>
  );
}
