import { auditPermissions } from "@mgs/audit/permissions";
import { isGrantable, type PermissionTable } from "@mgs/core/permissions";
import { jobPermissions } from "@mgs/jobs/permissions";
import { healthPermissions } from "@mgs/observability/permissions";
import { realtimePermissions } from "@mgs/realtime-admin/permissions";
import { portal } from "../../portal";

/** Packages with permissions that are not a module of this portal. */
const OTHERS: readonly { name: string; permissions?: PermissionTable }[] = [
  { name: "audit", permissions: auditPermissions.table },
  { name: "jobs", permissions: jobPermissions.table },
  { name: "realtime-admin", permissions: realtimePermissions.table },
  { name: "observability", permissions: healthPermissions.table },
];

export type PermissionGroup = { name: string; permissions: PermissionTable };

/** The actions of every domain, by domain. */
export function permissionGroups(): PermissionGroup[] {
  const modules: readonly { name: string; permissions?: PermissionTable }[] = portal.modules;
  const known = new Set(modules.map(({ name }) => name));
  return [...modules, ...OTHERS.filter(({ name }) => !known.has(name))].flatMap(({ name, permissions }) =>
    permissions ? [{ name, permissions }] : [],
  );
}

/** Every action by name. */
export function allPermissions(): PermissionTable {
  return Object.assign({}, ...permissionGroups().map(({ permissions }) => permissions));
}

/** The actions that a role can be granted. */
export function grantablePermissions(): ReadonlySet<string> {
  return new Set(Object.entries(allPermissions()).flatMap(([name, rule]) => (isGrantable(rule) ? [name] : [])));
}
