import { ISSUER_PORTAL } from "@mgs/core/portals";
import { hasAdministratorRole, holdsPermission, isWorkPermission, type RoleRights } from "@mgs/core/roles";
import { coversRights, portalsOpenTo } from "../permissions";

/** Somebody's rights, and whether their account is shut. */
export type Party = RoleRights & { disabledAt: Date | null };

/**
 * Tells whether somebody can be impersonated: nobody who has the role of administrators, or to whose role any action of administration was
 * granted. Actions of daily work do no harm: the administrator covers them, and what is done has both names.
 */
export function isImpersonable(person: Party): boolean {
  return (
    person.disabledAt === null && !hasAdministratorRole(person) && (person.permissions ?? []).every(isWorkPermission)
  );
}

/**
 * Tells whether an administrator may act in a person's name. It is asked when the impersonation begins and by every look-up of a session
 * after that, so that a right which is taken away ends it at once.
 */
export function mayImpersonate(administrator: Party, person: Party): boolean {
  return (
    administrator.disabledAt === null &&
    holdsPermission(administrator, "accounts.impersonate") &&
    portalsOpenTo(administrator).includes(ISSUER_PORTAL) &&
    isImpersonable(person) &&
    coversRights(administrator, person)
  );
}
