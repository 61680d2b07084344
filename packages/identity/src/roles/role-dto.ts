import type { Locale } from "@mgs/core/locale";
import type { Portal } from "@mgs/core/portals";
import type { Role } from "@mgs/core/roles";
import { portalsOpenTo } from "../permissions";
import type { RoleRow } from "./roles.repository";

/** A role as administrators see it. */
export type RoleSummary = {
  slug: Role;
  names: Readonly<Record<Locale, string>>;
  built_in: boolean;
  /** It has every permission, and cannot be changed. */
  all_permissions: boolean;
  portals: readonly Portal[];
  permissions: readonly string[];
  version: number;
};

export function toRoleSummary(row: RoleRow, allPermissions: boolean): RoleSummary {
  const { slug, nameFr, nameEn, builtIn, permissions, version } = row;
  return {
    slug,
    names: { fr: nameFr, en: nameEn },
    built_in: builtIn,
    all_permissions: allPermissions,
    portals: portalsOpenTo({ role: slug, portals: row.portals }),
    permissions,
    version,
  };
}
