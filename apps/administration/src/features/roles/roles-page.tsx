import { newRolePath, rolePath, whoCanPath } from "@mgs/console/links";
import { can } from "@mgs/identity/permissions";
import { listRoles, MAX_COUNTED_PEOPLE } from "@mgs/identity/roles/list-roles";
import { PageHeader } from "@mgs/shell/layout/page-header";
import { Badge } from "@mgs/ui/badge";
import { buttonStyles } from "@mgs/ui/button";
import { Card } from "@mgs/ui/card";
import { Plus, ShieldQuestion } from "lucide-react";
import Link from "next/link";
import type { ConsoleContext } from "../console/console-context";
import { DataCell, DataRow, DataTable } from "../console/table";

/** `/console/roles`: all roles, with what they open and allow. */
export async function RolesPage({ context: { runtime, actor, texts } }: { context: ConsoleContext }) {
  const { t, locale, messages } = texts;
  const roles = await listRoles(runtime, actor);
  return (
    <>
      <PageHeader
        title={t("roles.title")}
        intro={t("roles.intro")}
        actions={
          <>
            <Link href={whoCanPath()} className={buttonStyles({ variant: "secondary" })}>
              <ShieldQuestion aria-hidden />
              {t("roles.who")}
            </Link>
            {can(actor, "roles.manage") ? (
              <Link href={newRolePath()} className={buttonStyles({})}>
                <Plus aria-hidden />
                {t("roles.create")}
              </Link>
            ) : null}
          </>
        }
      />
      <Card>
        <DataTable
          label={t("roles.table")}
          columns={(["name", "portals", "permissions", "people"] as const).map((name) => t(`roles.columns.${name}`))}
        >
          {roles.map((role) => (
            <DataRow key={role.slug}>
              <DataCell>
                <Link
                  href={rolePath(role.slug)}
                  prefetch={false}
                  className="font-medium underline-offset-4 hover:underline"
                >
                  <bdi>{role.names[locale]}</bdi>
                </Link>
                {role.built_in ? <Badge className="ms-2">{t("roles.builtIn")}</Badge> : null}
              </DataCell>
              <DataCell holds="figures" name={t("roles.columns.portals")}>
                <span className="flex flex-wrap gap-1">
                  {role.portals.map((portal) => (
                    <Badge key={portal} tone="accent">
                      {messages.shell.portals[portal]}
                    </Badge>
                  ))}
                </span>
              </DataCell>
              <DataCell holds="figures" name={t("roles.columns.permissions")}>
                {role.all_permissions ? t("roles.all") : t("roles.count", { count: role.permissions.length })}
              </DataCell>
              <DataCell holds="figures" name={t("roles.columns.people")}>
                {role.people >= MAX_COUNTED_PEOPLE
                  ? t("roles.manyPeople", { count: MAX_COUNTED_PEOPLE })
                  : t("roles.people", { count: role.people })}
              </DataCell>
            </DataRow>
          ))}
        </DataTable>
      </Card>
    </>
  );
}
