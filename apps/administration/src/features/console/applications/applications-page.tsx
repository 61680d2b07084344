import { applicationsPath, newApplicationPath } from "@mgs/console/links";
import { CLIENT_KINDS, CLIENT_STATES } from "@mgs/identity/clients/client-admin.repository";
import { searchClients } from "@mgs/identity/clients/search-clients";
import { can } from "@mgs/identity/permissions";
import { PageHeader } from "@mgs/shell/layout/page-header";
import { buttonStyles } from "@mgs/ui/button";
import { Card } from "@mgs/ui/card";
import { EmptyState } from "@mgs/ui/empty-state";
import { Field } from "@mgs/ui/field";
import { Input } from "@mgs/ui/input";
import { AppWindow, Plus } from "lucide-react";
import Link from "next/link";
import type { ConsoleContext } from "../console-context";
import { FilterButtons, FilterSelect } from "../filters";
import { filterError, hasInvalidFilters } from "../invalid-filters";
import { InvalidFiltersState } from "../invalid-filters-state";
import { PageLinks } from "../page-links";
import { type ApplicationsSearch, applicationsHref, type readInvalidApplicationsSearch } from "./applications-search";
import { ApplicationsTable } from "./applications-table";

type ApplicationsPageProps = {
  context: ConsoleContext;
  search: ApplicationsSearch;
  invalid: ReturnType<typeof readInvalidApplicationsSearch>;
};

/** `/console/applications`: the OAuth clients, filtered by the parameters in the address. */
export async function ApplicationsPage({ context, search, invalid }: ApplicationsPageProps) {
  const { actor, texts, runtime } = context;
  const { t } = texts;
  const { clients, hasMore } = hasInvalidFilters(invalid)
    ? { clients: [], hasMore: false }
    : await searchClients(runtime, actor, search);
  const { page = 1 } = search;
  const hrefOf = (number: number) => applicationsHref(search, number > 1 ? { page: number } : {});
  return (
    <>
      <PageHeader
        title={t("applications.title")}
        intro={t("applications.intro")}
        actions={
          can(actor, "clients.manage") ? (
            <Link href={newApplicationPath()} className={buttonStyles({})}>
              <Plus aria-hidden />
              {t("applications.add")}
            </Link>
          ) : null
        }
      />
      <Card>
        <FilterForm key={JSON.stringify([search, invalid])} context={context} search={search} invalid={invalid} />
        {hasInvalidFilters(invalid) ? (
          <InvalidFiltersState texts={texts} />
        ) : clients.length > 0 ? (
          <ApplicationsTable texts={texts} clients={clients} />
        ) : (
          <EmptyState icon={<AppWindow />} title={t("applications.none")} text={t("applications.noneHint")} />
        )}
      </Card>
      <PageLinks
        label={t("applications.pages")}
        back={page > 1 ? { href: hrefOf(page - 1), text: t("applications.previous") } : null}
        on={hasMore ? { href: hrefOf(page + 1), text: t("applications.next") } : null}
      />
    </>
  );
}

/** The filters, as a GET form that needs no scripts: the address has their values. */
function FilterForm({ context, search, invalid }: ApplicationsPageProps) {
  const { t } = context.texts;
  const isFiltered =
    hasInvalidFilters(invalid) ||
    search.search !== undefined ||
    search.kind !== undefined ||
    search.state !== undefined;
  const errorOf = (name: keyof typeof invalid) => filterError(context.texts, invalid[name]);
  return (
    <form
      method="get"
      action={applicationsPath()}
      className="grid grid-cols-1 items-end gap-4 border-line border-b px-4 py-4 sm:grid-cols-2 sm:px-6 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_minmax(0,1fr)_auto]"
    >
      <Field label={t("applications.search")} error={errorOf("search")}>
        {(aria) => (
          <Input
            {...aria}
            type="search"
            name="search"
            defaultValue={search.search ?? ""}
            placeholder={t("applications.searchHint")}
          />
        )}
      </Field>
      <FilterSelect
        label={t("applications.kindLabel")}
        name="kind"
        value={search.kind ?? invalid.kind?.value}
        error={errorOf("kind")}
        any={t("applications.anyKind")}
        options={CLIENT_KINDS.map((value) => ({ value, label: t(`applications.kind.${value}`) }))}
      />
      <FilterSelect
        label={t("applications.stateLabel")}
        name="state"
        value={search.state ?? invalid.state?.value}
        error={errorOf("state")}
        any={t("applications.anyState")}
        options={CLIENT_STATES.map((value) => ({ value, label: t(`applications.state.${value}`) }))}
      />
      <FilterButtons
        apply={t("applications.apply")}
        clear={t("applications.clear")}
        clearHref={isFiltered ? applicationsPath() : null}
      />
    </form>
  );
}
