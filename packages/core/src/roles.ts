import { PORTALS, type Portal } from "./portals";

/** Slug of a row of `roles`, such as `gestionnaire`. It never changes: tokens and exports carry it. */
export type Role = string;

/** The role whose people may do everything. It can be neither changed nor removed, and one of its people stays. */
export const ADMINISTRATOR_ROLE = "administrateur";

/** Roles that every installation has; administrators add others. */
export const BUILT_IN_ROLES = [ADMINISTRATOR_ROLE, "direction", "commercial", "gestionnaire", "comptable"] as const;

/** What a role allows, as the columns of its row say. */
export type RoleRights = {
  role: Role;
  portals?: readonly string[];
  /** Names of actions that the role was granted. */
  permissions?: readonly string[];
};

/** Lists the portals that a role opens, in the order of the app switcher. */
export function portalsOf(rights: RoleRights): readonly Portal[] {
  return hasAdministratorRole(rights) ? PORTALS : PORTALS.filter((portal) => rights.portals?.includes(portal));
}

/** Tells whether a role was granted an action. Administrators hold every action. */
export function holdsPermission(rights: RoleRights, action: string): boolean {
  return hasAdministratorRole(rights) || (rights.permissions?.includes(action) ?? false);
}

/** First parts of the names of actions that are daily work, such as `dossiers.decide`; every other that can be granted is administration. */
const WORK: ReadonlySet<string> = new Set(["comments", "dossiers"]);

/** Tells whether an action that can be granted is daily work on the records of the business, and no administration. */
export function isWorkPermission(action: string): boolean {
  return WORK.has(action.slice(0, action.indexOf(".")));
}

/** Tells whether a person has the role of administrators, in whichever portal they are. */
export function hasAdministratorRole({ role }: { role: Role }): boolean {
  return role === ADMINISTRATOR_ROLE;
}
