import type { Actor } from "@mgs/core/actor";
import { ADMINISTRATION, definePermissions, PEOPLE } from "@mgs/core/permissions";
import { isPortal, type Portal } from "@mgs/core/portals";
import { portalsOf, type RoleRights } from "@mgs/core/roles";

/** Portals that a person may open, in the order in which the app switcher shows them. */
export function portalsOpenTo(person: RoleRights): readonly Portal[] {
  return portalsOf(person);
}

/** Who may do what with people, their sign-ins and the programs that act for them. */
export const identityPermissions = definePermissions({
  "portal.open": {
    description: "open a portal",
    audience: {
      name: "people to whose role that portal is open",
      includes: (actor: Actor, portal: Portal) => actor.kind === "user" && portalsOpenTo(actor).includes(portal),
    },
    refusal: "PORTAL_REFUSED",
  },
  "people.search": { description: "find colleagues by name or address", audience: PEOPLE },
  "accounts.read": { description: "read every account, disabled ones included", audience: ADMINISTRATION },
  "accounts.manage": {
    description: "make, import, disable and enable accounts; set another person's password",
    audience: ADMINISTRATION,
  },
  "sessions.end": {
    description: "end every sign-in of a person",
    audience: {
      name: `that person; ${ADMINISTRATION.name}`,
      grantable: true,
      includes: (actor: Actor, owner: { userId: number }, action?: string) =>
        (actor.kind === "user" && actor.userId === owner.userId) || ADMINISTRATION.includes(actor, undefined, action),
    },
  },
  "clients.read": { description: "read registered programs", audience: ADMINISTRATION },
  "clients.manage": {
    description: "register, edit, import and revoke programs; give them a new secret",
    audience: ADMINISTRATION,
  },
  "consents.manage": {
    description: "see and withdraw the consents that a person gave to applications",
    audience: {
      name: `that person, in a portal; ${ADMINISTRATION.name}`,
      // An application that acts for a person neither sees nor withdraws what they allow others.
      includes: (actor: Actor, owner: { userId: number }) =>
        (actor.kind === "user" && actor.userId === owner.userId && isPortal(actor.clientId)) ||
        ADMINISTRATION.includes(actor),
    },
  },
});
export const { can, requirePermission } = identityPermissions;
