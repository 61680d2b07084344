import type { TrailRow } from "@mgs/audit/trail/trail.repository";
import type { EventDescriber } from "@mgs/journal/describe-event";
import { Badge } from "@mgs/ui/badge";
import Link from "next/link";
import { DataCell, DataRow, DataTable } from "../table";
import { type JournalSearch, journalEventHref } from "./journal-search";
import type { JournalTexts } from "./journal-texts";

type JournalTableProps = {
  texts: JournalTexts;
  events: readonly TrailRow[];
  describer: EventDescriber;
  search: JournalSearch;
};

/** A table of events; below `lg`, a list of cards. */
export function JournalTable({ texts, events, describer, search }: JournalTableProps) {
  const { t } = texts;
  return (
    <DataTable
      label={t("table")}
      columns={[t("columns.what"), t("columns.who"), t("columns.whom"), t("columns.from"), t("columns.when")]}
    >
      {events.map((event) => (
        <DataRow key={event.id} data-event={event.id} data-action={event.action}>
          <DataCell className="lg:w-[38%]">
            <Link
              href={journalEventHref(event.id, search)}
              prefetch={false}
              className="font-medium underline-offset-4 hover:underline"
            >
              {describer.sentence(event)}
            </Link>
            <p className="mt-1 text-xs">
              <Badge>{event.action}</Badge>
            </p>
          </DataCell>
          <DataCell name={t("columns.who")}>
            <span>
              <bdi>{describer.actor(event)}</bdi>
            </span>
          </DataCell>
          <DataCell name={t("columns.whom")}>
            <span>
              <bdi>{event.userId === null ? describer.subject(event) || "—" : describer.person(event.userId)}</bdi>
            </span>
          </DataCell>
          <DataCell holds="code" name={t("columns.from")}>
            <span className="block tabular-nums">{event.ip ?? "—"}</span>
            {event.clientId ? (
              <span className="block text-muted text-xs">{t("via", { client: describer.client(event.clientId) })}</span>
            ) : null}
          </DataCell>
          <DataCell holds="figures" name={t("columns.when")} className="xl:whitespace-nowrap">
            <time dateTime={event.at.toISOString()} className="tabular-nums">
              {texts.dateTime(event.at.toISOString())}
            </time>
          </DataCell>
        </DataRow>
      ))}
    </DataTable>
  );
}
