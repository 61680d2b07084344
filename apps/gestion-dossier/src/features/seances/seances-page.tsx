import { newSeancePath, seancePath, seancesPath } from "@mgs/dossiers/links";
import { dossierPermissions } from "@mgs/dossiers/permissions";
import type { SeancePage } from "@mgs/dossiers/seances/list-seances";
import { PageHeader } from "@mgs/shell/layout/page-header";
import { ListKeys } from "@mgs/shell/table/list-keys";
import { type ListSearch, listHref } from "@mgs/shell/table/list-query";
import { Badge } from "@mgs/ui/badge";
import { buttonStyles } from "@mgs/ui/button";
import { Card } from "@mgs/ui/card";
import { EmptyState } from "@mgs/ui/empty-state";
import { CalendarClock, FunnelX } from "lucide-react";
import Link from "next/link";
import { FilterForm } from "../filters/filter-form";
import type { SeancesContext } from "./seance-context";

export const SEANCE_LISTS = ["upcoming", "past", "deleted"] as const;
export type SeanceList = (typeof SEANCE_LISTS)[number];

type SeancesPageProps = {
  context: SeancesContext;
  list: SeanceList;
  search: ListSearch;
  /** Null for a search that means nothing. */
  page: SeancePage | null;
};

const NOTHING: SeancePage = { items: [], previous: null, next: null };

/** `/seances`: sessions to come, past and cancelled ones, and those of them with some words. */
export function SeancesPage({ context: { actor, texts }, list, search, page }: SeancesPageProps) {
  const { t, time, lists } = texts;
  const { items, previous, next } = page ?? NOTHING;
  const { values } = search;
  const empty = { upcoming: t("seances.empty"), past: t("seances.emptyPast"), deleted: t("seances.emptyDeleted") };
  const hrefOf = (changes: Readonly<Record<string, string | undefined>>) => listHref(seancesPath(), values, changes);
  return (
    <ListKeys>
      <div className="max-w-4xl">
        <PageHeader
          title={t("seances.title")}
          intro={t("seances.intro")}
          actions={
            dossierPermissions.can(actor, "dossiers.work") ? (
              <Link href={newSeancePath()} className={buttonStyles({})}>
                {t("seances.add")}
              </Link>
            ) : null
          }
        />
        <nav aria-label={t("seances.title")} className="mb-4 flex flex-wrap gap-2">
          {SEANCE_LISTS.map((name) => (
            <Link
              key={name}
              href={hrefOf({ liste: name === "upcoming" ? undefined : name })}
              aria-current={name === list ? "page" : undefined}
              className={buttonStyles({ variant: name === list ? "secondary" : "ghost", size: "sm" })}
            >
              {t(`seances.lists.${name}`)}
            </Link>
          ))}
        </nav>
        <Card>
          <div className="border-line border-b">
            <FilterForm {...{ texts, search }} path={seancesPath()} hint={t("seances.searchHint")} kept={["liste"]} />
          </div>
          {page === null ? (
            <EmptyState icon={<FunnelX />} title={lists("invalid.title")} text={lists("invalid.hint")} />
          ) : items.length === 0 && values.search !== undefined ? (
            <EmptyState icon={<FunnelX />} title={t("seances.emptySearch")} text={t("seances.emptySearchText")} />
          ) : items.length === 0 ? (
            <EmptyState
              icon={<CalendarClock />}
              title={empty[list]}
              {...(list === "upcoming" ? { text: t("seances.emptyText") } : {})}
            />
          ) : (
            <ul aria-label={t(`seances.lists.${list}`)} className="divide-y divide-line">
              {items.map((seance) => (
                <li key={seance.id}>
                  <Link href={seancePath(seance.id)} className="block px-4 py-3 hover:bg-subtle sm:px-6">
                    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
                      <span className="min-w-0 flex-1 basis-40 break-words font-medium">{seance.title}</span>
                      {seance.dossier ? <Badge>{seance.dossier.reference}</Badge> : null}
                    </span>
                    <span className="block break-words text-muted text-xs">
                      {[time(seance), seance.place].filter(Boolean).join(" · ")}
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
          )}
        </Card>
        {previous === null && next === null ? null : (
          <div className="mt-4 flex flex-wrap gap-2">
            {previous === null ? null : (
              <Link href={hrefOf({ before: previous })} className={buttonStyles({ variant: "secondary", size: "sm" })}>
                {t("seances.previous")}
              </Link>
            )}
            {next === null ? null : (
              <Link href={hrefOf({ after: next })} className={buttonStyles({ variant: "secondary", size: "sm" })}>
                {t("seances.next")}
              </Link>
            )}
          </div>
        )}
      </div>
    </ListKeys>
  );
}
