import { CLIENT_KINDS, CLIENT_STATES } from "@mgs/identity/clients/client-admin.repository";
import { searchClients } from "@mgs/identity/clients/search-clients";
import { can } from "@mgs/identity/permissions";
import { PageHeader } from "@mgs/shell/layout/page-header";
import { buttonStyles } from "@mgs/ui/button";
import { Card } from "@mgs/ui/card";
import { cn } from "@mgs/ui/cn";
import { EmptyState } from "@mgs/ui/empty-state";
import { Field } from "@mgs/ui/field";
import { controlStyles, Input } from "@mgs/ui/input";
import { AppWindow, ChevronLeft, ChevronRight, Plus } from "lucide-react";
import Link from "next/link";
import type { ConsoleContext } from "../console-context";
import { applicationsPath, newApplicationPath } from "../links";
import { type ApplicationsSearch, applicationsHref } from "./applications-search";
import { ApplicationsTable } from "./applications-table";

type ApplicationsPageProps = { context: ConsoleContext; search: ApplicationsSearch };

/** `/console/applications`: the OAuth clients, filtered by the parameters in the address. */
export async function ApplicationsPage({ context, search }: ApplicationsPageProps) {
  const { actor, texts, runtime } = context;
  const { t } = texts;
  const { clients, hasMore } = await searchClients(runtime, actor, search);
  const { page = 1 } = search;
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
        <FilterForm context={context} search={search} />
        {clients.length > 0 ? (
          <ApplicationsTable texts={texts} clients={clients} />
        ) : (
          <EmptyState icon={<AppWindow />} title={t("applications.none")} text={t("applications.noneHint")} />
        )}
        {page > 1 || hasMore ? (
          <nav className="flex justify-end gap-2 border-line border-t px-4 py-3 sm:px-6">
            {page > 1 ? (
              <Link
                prefetch={false}
                href={applicationsHref(search, page > 2 ? { page: page - 1 } : {})}
                aria-label={t("applications.previous")}
                className={buttonStyles({ variant: "secondary", size: "icon-lg" })}
              >
                <ChevronLeft aria-hidden className="rtl:rotate-180" />
              </Link>
            ) : null}
            {hasMore ? (
              <Link
                prefetch={false}
                href={applicationsHref(search, { page: page + 1 })}
                aria-label={t("applications.next")}
                className={buttonStyles({ variant: "secondary", size: "icon-lg" })}
              >
                <ChevronRight aria-hidden className="rtl:rotate-180" />
              </Link>
            ) : null}
          </nav>
        ) : null}
      </Card>
    </>
  );
}

/** The filters, as a GET form that needs no scripts: the address has their values. */
function FilterForm({ context, search }: ApplicationsPageProps) {
  const { t } = context.texts;
  const isFiltered = search.search !== undefined || search.kind !== undefined || search.state !== undefined;
  return (
    <form
      method="get"
      action={applicationsPath()}
      className="grid grid-cols-1 items-end gap-4 border-line border-b px-4 py-4 sm:grid-cols-2 sm:px-6 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_minmax(0,1fr)_auto]"
    >
      <Field label={t("applications.search")}>
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
      <Field label={t("applications.kindLabel")}>
        {(aria) => (
          <select {...aria} name="kind" defaultValue={search.kind ?? ""} className={cn(controlStyles, "h-10")}>
            <option value="">{t("applications.anyKind")}</option>
            {CLIENT_KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {t(`applications.kind.${kind}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t("applications.stateLabel")}>
        {(aria) => (
          <select {...aria} name="state" defaultValue={search.state ?? ""} className={cn(controlStyles, "h-10")}>
            <option value="">{t("applications.anyState")}</option>
            {CLIENT_STATES.map((state) => (
              <option key={state} value={state}>
                {t(`applications.state.${state}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <div className="flex flex-wrap gap-2">
        <button type="submit" className={buttonStyles({ variant: "secondary", className: "max-sm:flex-1" })}>
          {t("applications.apply")}
        </button>
        {isFiltered ? (
          <Link
            prefetch={false}
            href={applicationsPath()}
            className={buttonStyles({ variant: "ghost", className: "max-sm:flex-1" })}
          >
            {t("applications.clear")}
          </Link>
        ) : null}
      </div>
    </form>
  );
}
