import { auditPermissions } from "@mgs/audit/permissions";
import type { PermissionTable } from "@mgs/core/permissions";
import { jobPermissions } from "@mgs/jobs/permissions";
import { healthPermissions } from "@mgs/observability/permissions";
import { realtimePermissions } from "@mgs/realtime-admin/permissions";
import { PORTAL_MODULES } from "./portal-modules";

/** Packages with permissions that are not a module of a portal. */
const OTHERS: readonly { name: string; permissions: PermissionTable }[] = [
  { name: "audit", permissions: auditPermissions.table },
  { name: "jobs", permissions: jobPermissions.table },
  { name: "realtime-admin", permissions: realtimePermissions.table },
  { name: "observability", permissions: healthPermissions.table },
];

/** The actions that each package declares. */
export function permissionTables(): { name: string; permissions: PermissionTable }[] {
  return [...PORTAL_MODULES, ...OTHERS].flatMap(({ name, permissions }) =>
    permissions ? [{ name, permissions }] : [],
  );
}

/** Writes `docs/guide/permissions.md`: every action of every domain, with its audience. */
export function writePermissionsGuide(): string {
  const sections = permissionTables().flatMap(({ name, permissions }) => [
    `## ${name}`,
    "",
    `Rules: [packages/${name}/src/permissions.ts](../../packages/${name}/src/permissions.ts)`,
    "",
    "| Action | What it does | Who may |",
    "| --- | --- | --- |",
    ...Object.entries(permissions).map(([action, { description, audience, scope, keptForAdministrators }]) => {
      const tokens = scope === undefined ? "" : `, with the scope \`${scope}\``;
      if (keptForAdministrators) return `| \`${action}\` | ${description} | administrators alone${tokens} |`;
      return `| \`${action}\` | ${description} | ${audience.name}${tokens} |`;
    }),
    "",
  ]);
  return ["# Permissions", "", ...INTRODUCTION, "", ...sections].join("\n");
}

const INTRODUCTION = [
  "Who may do what. The use cases ask these rules, and pages ask the same ones what they show. Roles are compared nowhere else.",
  "What is a person's own (inbox, preferences, profile) needs no permission. A test writes this page out of the code:",
  "`npx vitest run packages/cli/src/permissions-guide.test.ts -u`.",
];
