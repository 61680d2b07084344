import { listRoleRequirements } from "@mgs/identity/second-factor/role-requirements";
import { ActionButton } from "@mgs/shell/actions/action-button";
import { PageHeader } from "@mgs/shell/layout/page-header";
import { Badge } from "@mgs/ui/badge";
import { Card } from "@mgs/ui/card";
import { setRequired } from "../../../app/(portal)/console/second-facteur/second-factor.action";
import type { ConsoleContext } from "../console-context";

/** The roles, each with whether its people need a second factor. */
export async function SecondFactorRoles({ context }: { context: ConsoleContext }) {
  const { texts, runtime, actor } = context;
  const { t, locale } = texts;
  const roles = await listRoleRequirements(runtime, actor);
  return (
    <div className="max-w-3xl">
      <PageHeader title={t("secondFactor.title")} intro={t("secondFactor.intro")} />
      <Card>
        <ul className="divide-y divide-line">
          {roles.map(({ role, names, required }) => {
            const name = names[locale];
            return (
              <li key={role} className="flex flex-wrap items-center gap-x-4 gap-y-3 px-4 py-4 sm:px-6">
                <span className="min-w-0 flex-1 basis-40 break-words font-medium">
                  <bdi>{name}</bdi>
                </span>
                <Badge tone={required ? "success" : "neutral"}>
                  {t(required ? "secondFactor.required" : "secondFactor.optional")}
                </Badge>
                <ActionButton
                  variant="secondary"
                  size="sm"
                  action={setRequired.bind(null, role, !required)}
                  label={t(required ? "secondFactor.makeOptionalOf" : "secondFactor.requireOf", { name })}
                  confirm={{
                    title: t(required ? "secondFactor.makeOptionalFor" : "secondFactor.requireFor", { name }),
                    text: t(required ? "secondFactor.makeOptionalText" : "secondFactor.requireText"),
                    submit: t(required ? "secondFactor.makeOptional" : "secondFactor.require"),
                    cancel: t("cancel"),
                    close: t("close"),
                  }}
                >
                  {t(required ? "secondFactor.makeOptional" : "secondFactor.require")}
                </ActionButton>
              </li>
            );
          })}
        </ul>
      </Card>
    </div>
  );
}
