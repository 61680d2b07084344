import { peoplePath, personPath } from "@mgs/console/links";
import type { Person } from "@mgs/identity/people/person-dto";
import { columnSort } from "@mgs/shell/table/list-query";
import { BESIDE_ROW_CHECK, RowCheck } from "@mgs/shell/table/row-check";
import { Badge } from "@mgs/ui/badge";
import Link from "next/link";
import { EmailAddress } from "../console/email-address";
import { DataCell, DataRow, DataTable } from "../console/table";
import type { ConsoleTexts } from "../console/texts";

type PeopleTableProps = {
  texts: ConsoleTexts;
  items: readonly Person[];
  selectable?: boolean;
  /** The parameters of the address, whose order a press on a header changes; without them headers are no links. */
  values?: Readonly<Record<string, string>>;
};

const DEFAULT_SORT = "name";

/** People with their role and state, each a link to their page; with a box to choose them for an act on several. */
export function PeopleTable({ texts, items, selectable = false, values }: PeopleTableProps) {
  const { t } = texts;
  const names = ["name", "email", "role", "state", "seen"] as const;
  const heads = [...(selectable ? (["select"] as const) : []), ...names].map((name) => t(`people.columns.${name}`));
  const sortOf = (name: (typeof names)[number]) =>
    values && (name === "name" || name === "email")
      ? columnSort(peoplePath(), values, values.sort ?? DEFAULT_SORT, name)
      : null;
  return (
    <DataTable label={t("people.table")} columns={heads} sorts={[...(selectable ? [null] : []), ...names.map(sortOf)]}>
      {items.map((person) => (
        <DataRow key={person.id} className="relative">
          {selectable ? <RowCheck value={person.id} label={t("people.selectOne", { name: person.name })} /> : null}
          <DataCell className={selectable ? BESIDE_ROW_CHECK : undefined}>
            <Link
              href={personPath(person.id)}
              prefetch={false}
              data-row-link=""
              className="font-medium underline-offset-4 hover:underline"
            >
              <bdi>{person.name}</bdi>
            </Link>
          </DataCell>
          <DataCell holds="address" name={t("people.columns.email")} className="text-muted">
            <EmailAddress email={person.email} />
          </DataCell>
          <DataCell name={t("people.columns.role")}>
            <bdi>{person.role_names[texts.locale]}</bdi>
          </DataCell>
          <DataCell holds="figures" name={t("people.columns.state")}>
            <PersonState texts={texts} person={person} />
          </DataCell>
          <DataCell holds="figures" name={t("people.columns.seen")} className="text-muted">
            {person.last_seen_at ? texts.dateTime(person.last_seen_at) : t("people.never")}
          </DataCell>
        </DataRow>
      ))}
    </DataTable>
  );
}

/** Whether the account is open, and what its owner has to do. */
export function PersonState({ texts: { t }, person }: { texts: ConsoleTexts; person: Person }) {
  return (
    <span className="flex flex-wrap gap-1">
      {person.disabled ? (
        <Badge tone="danger">{t("people.states.disabled")}</Badge>
      ) : person.invited ? (
        <Badge tone="accent">{t("people.states.invited")}</Badge>
      ) : (
        <Badge tone="success">{t("people.states.active")}</Badge>
      )}
      {person.locked ? <Badge tone="danger">{t("people.locks.locked")}</Badge> : null}
      {person.password_must_change ? (
        <Badge tone="warning" wraps>
          {t("people.mustChange")}
        </Badge>
      ) : null}
    </span>
  );
}
