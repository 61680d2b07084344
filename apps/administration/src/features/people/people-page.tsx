import { invitePath } from "@mgs/console/links";
import { AppError } from "@mgs/core/errors";
import { PEOPLE_ACTS } from "@mgs/identity/batches/batch-kinds";
import { newImportPath } from "@mgs/identity/links";
import { listPeople, type PeoplePage as Page } from "@mgs/identity/people/list-people";
import { can } from "@mgs/identity/permissions";
import { listRoleChoices } from "@mgs/identity/roles/list-roles";
import { ActionSelect } from "@mgs/shell/actions/action-choices";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { ConfirmedActionForm } from "@mgs/shell/actions/confirmed-action-form";
import type { FormValues } from "@mgs/shell/actions/form-values";
import { PageHeader } from "@mgs/shell/layout/page-header";
import { ListKeys } from "@mgs/shell/table/list-keys";
import { RowSelection } from "@mgs/shell/table/row-selection";
import { buttonStyles } from "@mgs/ui/button";
import { Card, CardBody } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import { EmptyState } from "@mgs/ui/empty-state";
import { Download, Upload, UserPlus, UsersRound } from "lucide-react";
import Link from "next/link";
import type { ConsoleContext } from "../console/console-context";
import { hasInvalidFilters } from "../console/invalid-filters";
import { InvalidFiltersState } from "../console/invalid-filters-state";
import { PageLinks } from "../console/page-links";
import { PeopleFilters } from "./people-filters";
import { exportHref, type PeopleSearch, peopleHref, type readInvalidPeopleSearch } from "./people-search";
import { PeopleTable } from "./people-table";

type PeoplePageProps = {
  context: ConsoleContext;
  search: PeopleSearch;
  invalid: ReturnType<typeof readInvalidPeopleSearch>;
  bulk: (filter: PeopleSearch, values: FormValues) => Promise<ActionResult>;
};

const NOBODY: Page = { items: [], previous: null, next: null };

/** `/console/personnes`: everybody, filtered by the parameters in the address. */
export async function PeoplePage({ context, search, invalid, bulk }: PeoplePageProps) {
  const { runtime, actor, texts } = context;
  const { t } = texts;
  const [page, roles] = await Promise.all([
    hasInvalidFilters(invalid)
      ? NOBODY
      : listPeople(runtime, actor, search).catch((error: unknown): Page => {
          // A page that was cut out of an address by hand is an empty one.
          if (error instanceof AppError && error.code === "VALIDATION_ERROR") return NOBODY;
          throw error;
        }),
    listRoleChoices(runtime, actor),
  ]);
  const mayManage = can(actor, "accounts.manage");
  const roleOptions = roles.map(({ slug, names }) => ({ value: slug, label: names[texts.locale] }));
  const { after: _, before: __, sort: ___, ...filter } = search;
  const table = <PeopleTable texts={texts} items={page.items} selectable={mayManage} values={search} />;
  return (
    <ListKeys>
      <PageHeader
        title={t("people.title")}
        intro={t("people.intro")}
        actions={
          <div className="flex flex-wrap gap-2">
            {can(actor, "accounts.import") ? (
              <Link href={newImportPath()} className={buttonStyles({ variant: "secondary" })}>
                <Upload aria-hidden />
                {t("people.import")}
              </Link>
            ) : null}
            {can(actor, "accounts.export") && !hasInvalidFilters(invalid) ? (
              <a href={exportHref(search)} className={buttonStyles({ variant: "secondary" })}>
                <Download aria-hidden />
                {t("people.export")}
              </a>
            ) : null}
            {mayManage ? (
              <Link href={invitePath()} className={buttonStyles({})}>
                <UserPlus aria-hidden />
                {t("people.invite")}
              </Link>
            ) : null}
          </div>
        }
      />
      <Card>
        <PeopleFilters texts={texts} search={search} invalid={invalid} roles={roleOptions} />
        {hasInvalidFilters(invalid) ? (
          <InvalidFiltersState texts={texts} />
        ) : page.items.length === 0 ? (
          <EmptyState icon={<UsersRound />} title={t("people.empty.title")} text={t("people.empty.text")} />
        ) : mayManage ? (
          <ConfirmedActionForm
            // Another page has other rows, of which none is chosen.
            key={JSON.stringify(search)}
            action={bulk.bind(null, filter)}
            submit={t("people.bulk.run")}
            submitVariant="secondary"
            className="pb-4 [&>div:last-child]:px-4 sm:[&>div:last-child]:px-6"
          >
            <div>
              <RowSelection />
              {table}
            </div>
            <section className="border-line border-t">
              <CardHeader title={t("people.bulk.title")} />
              <CardBody className="grid gap-4 sm:grid-cols-3">
                <ActionSelect
                  name="act"
                  label={t("people.bulk.act")}
                  // Nothing is chosen beforehand: the first act would shut accounts.
                  options={[
                    { value: "", label: t("people.bulk.noAct") },
                    ...PEOPLE_ACTS.map((act) => ({ value: act, label: t(`people.bulk.acts.${act}`) })),
                  ]}
                  required
                />
                <ActionSelect
                  name="role"
                  label={t("people.bulk.role")}
                  options={[
                    { value: "", label: t("people.bulk.noRole") },
                    ...roleOptions.filter(({ value }) => roles.some(({ slug, mayGive }) => slug === value && mayGive)),
                  ]}
                />
                <ActionSelect
                  name="whose"
                  label={t("people.bulk.whose")}
                  options={[
                    { value: "selected", label: t("people.bulk.selected") },
                    { value: "all", label: t("people.bulk.all") },
                  ]}
                />
              </CardBody>
            </section>
          </ConfirmedActionForm>
        ) : (
          table
        )}
      </Card>
      <PageLinks
        label={t("people.pages")}
        back={
          page.previous ? { href: peopleHref(search, { before: page.previous }), text: t("people.previous") } : null
        }
        on={page.next ? { href: peopleHref(search, { after: page.next }), text: t("people.next") } : null}
      />
    </ListKeys>
  );
}
