import { isGrantable } from "@mgs/core/permissions";
import { PORTALS } from "@mgs/core/portals";
import { describePermission } from "@mgs/i18n/permission-texts";
import { ActionChecks } from "@mgs/shell/actions/action-choices";
import { ActionField } from "@mgs/shell/actions/action-form";
import type { ConsoleTexts } from "../console/texts";
import type { PermissionGroup } from "./permission-groups";

type RoleFieldsProps = {
  texts: ConsoleTexts;
  groups: readonly PermissionGroup[];
  role: { names: { fr: string; en: string }; portals: readonly string[]; permissions: readonly string[] };
  /** Its rights cannot change. */
  fixed?: boolean;
};

/** The controls of a role's form, new or edited. */
export function RoleFields({ texts, groups, role, fixed = false }: RoleFieldsProps) {
  const { t, locale, messages } = texts;
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <ActionField
          name="name_fr"
          label={t("roles.nameFr")}
          defaultValue={role.names.fr}
          maxLength={60}
          autoComplete="off"
          required
        />
        <ActionField
          name="name_en"
          label={t("roles.nameEn")}
          defaultValue={role.names.en}
          maxLength={60}
          autoComplete="off"
          required
        />
      </div>
      {fixed ? (
        <p className="text-muted">{t("roles.fixed")}</p>
      ) : (
        <>
          <ActionChecks
            name="portals[]"
            legend={t("roles.portals")}
            options={PORTALS.map((portal) => ({
              value: portal,
              label: messages.shell.portals[portal],
              checked: role.portals.includes(portal),
            }))}
          />
          <section aria-label={t("roles.permissions")} className="grid gap-4">
            <p className="text-muted text-xs">{t("roles.permissionsHint")}</p>
            <div className="gap-x-6 lg:columns-2">
              {groups.map(({ name, permissions }) => {
                const options = Object.entries(permissions).flatMap(([action, rule]) =>
                  isGrantable(rule)
                    ? [
                        {
                          value: action,
                          label: describePermission(action, rule.description, locale),
                          checked: role.permissions.includes(action),
                        },
                      ]
                    : [],
                );
                return options.length === 0 ? null : (
                  <div key={name} className="mb-5 break-inside-avoid">
                    <ActionChecks name="permissions[]" legend={domainName(texts, name)} options={options} />
                  </div>
                );
              })}
            </div>
          </section>
        </>
      )}
    </>
  );
}

/** Names a domain in the reader's language; a new one without a text is known by its own name. */
export function domainName({ messages }: ConsoleTexts, name: string): string {
  const names: Record<string, string> = messages.console.roles.domains;
  return names[name] ?? name;
}
