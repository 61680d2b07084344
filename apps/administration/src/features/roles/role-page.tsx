import { rolesPath } from "@mgs/console/links";
import { can } from "@mgs/identity/permissions";
import type { RoleSummary } from "@mgs/identity/roles/role-dto";
import { ActionSelect } from "@mgs/shell/actions/action-choices";
import { ActionField, ActionForm } from "@mgs/shell/actions/action-form";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { DraftedActionForm } from "@mgs/shell/actions/drafted-action-form";
import type { FormValues } from "@mgs/shell/actions/form-values";
import { PageHeader } from "@mgs/shell/layout/page-header";
import { Card, CardBody } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import { BackLink } from "../console/back-link";
import type { ConsoleContext } from "../console/console-context";
import type { PermissionGroup } from "./permission-groups";
import { RoleFields } from "./role-fields";

type NewRolePageProps = {
  context: ConsoleContext;
  groups: readonly PermissionGroup[];
  create: (values: FormValues) => Promise<ActionResult>;
};

/** `/console/roles/nouveau` */
export function NewRolePage({ context: { texts }, groups, create }: NewRolePageProps) {
  const { t } = texts;
  return (
    <div className="max-w-4xl">
      <BackLink href={rolesPath()}>{t("roles.back")}</BackLink>
      <PageHeader title={t("roles.create")} />
      <Card>
        <CardBody>
          <DraftedActionForm draft="console.role:new" action={create} submit={t("roles.add")}>
            <ActionField
              name="slug"
              label={t("roles.slug")}
              description={t("roles.slugHint")}
              maxLength={40}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              required
            />
            <RoleFields
              texts={texts}
              groups={groups}
              role={{ names: { fr: "", en: "" }, portals: [], permissions: [] }}
            />
          </DraftedActionForm>
        </CardBody>
      </Card>
    </div>
  );
}

type RolePageProps = {
  context: ConsoleContext;
  groups: readonly PermissionGroup[];
  role: RoleSummary;
  others: readonly RoleSummary[];
  save: (slug: string, values: FormValues) => Promise<ActionResult>;
  remove: (slug: string, values: FormValues) => Promise<ActionResult>;
};

/** `/console/roles/{slug}`: what one role opens and allows, and its end. */
export function RolePage({ context: { texts, actor }, groups, role, others, save, remove }: RolePageProps) {
  const { t, locale } = texts;
  const mayManage = can(actor, "roles.manage");
  return (
    <div className="max-w-4xl">
      <BackLink href={rolesPath()}>{t("roles.back")}</BackLink>
      <PageHeader title={role.names[locale]} intro={<span className="font-mono text-sm">{role.slug}</span>} />
      <div className="grid gap-6">
        <Card>
          <CardBody>
            <fieldset disabled={!mayManage}>
              <DraftedActionForm
                key={role.version}
                draft={`console.role:${role.slug}`}
                action={save.bind(null, role.slug)}
                submit={t("roles.save")}
              >
                <input type="hidden" name="version" value={role.version} />
                <RoleFields texts={texts} groups={groups} role={role} fixed={role.all_permissions} />
              </DraftedActionForm>
            </fieldset>
          </CardBody>
        </Card>
        {mayManage && !role.built_in ? (
          <Card>
            <CardHeader title={t("roles.remove")} description={t("roles.removeText")} />
            <CardBody>
              <ActionForm action={remove.bind(null, role.slug)} submit={t("roles.remove")} submitVariant="danger">
                <ActionSelect
                  name="to"
                  label={t("roles.removeTo")}
                  options={[
                    { value: "", label: t("roles.nobody") },
                    ...others.map(({ slug, names }) => ({ value: slug, label: names[locale] })),
                  ]}
                />
              </ActionForm>
            </CardBody>
          </Card>
        ) : null}
      </div>
    </div>
  );
}
