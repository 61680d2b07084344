import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { ADMINISTRATION, ADMINISTRATORS, type Audience, definePermissions, PEOPLE } from "@mgs/core/permissions";
import { isPortal, type Portal } from "@mgs/core/portals";
import { hasAdministratorRole, holdsPermission, portalsOf, type RoleRights } from "@mgs/core/roles";

/** Portals that a person may open, in the order in which the app switcher shows them. */
export function portalsOpenTo(person: RoleRights): readonly Portal[] {
  return portalsOf(person);
}

/**
 * Tells whether an actor has every right that a role gives, and so may give that role, and manage its people: else the right to
 * manage people would be every right. The role of administrators takes an administrator.
 */
export function isMasterOf(actor: Actor, rights: RoleRights): boolean {
  if (actor.kind === "system") return true;
  return actor.kind === "user" && coversRights(actor, rights);
}

/** Tells whether a person has every right that a role gives. */
export function coversRights(person: RoleRights, rights: RoleRights): boolean {
  if (hasAdministratorRole(person)) return true;
  const open = portalsOpenTo(person);
  return (
    !hasAdministratorRole(rights) &&
    (rights.permissions ?? []).every((action) => holdsPermission(person, action)) &&
    portalsOpenTo(rights).every((portal) => open.includes(portal))
  );
}

/** @throws AppError FORBIDDEN when a role gives rights that the actor has not */
export function requireMasterOf(actor: Actor, rights: RoleRights): void {
  if (!isMasterOf(actor, rights)) throw new AppError("FORBIDDEN");
}

/** Tells whether a role is that of administrators. */
export function isAdministratorRole(role: string): boolean {
  return hasAdministratorRole({ role });
}

/** An application that acts for a person neither sees nor ends their devices, nor what they allow other applications. */
const OWNERS: Audience<{ userId: number }> = {
  name: `that person, in a portal; ${ADMINISTRATION.name}`,
  grantable: true,
  self: true,
  portal: ADMINISTRATION.portal,
  includes: (actor, owner, action) =>
    (actor.kind === "user" && actor.userId === owner.userId && isPortal(actor.clientId)) ||
    ADMINISTRATION.includes(actor, undefined, action),
};

/** Programs with the scope, and people of roles with the permission, whichever application they let ask. */
const PEOPLE_READERS: Audience = {
  name: `programs; ${ADMINISTRATORS.name}`,
  grantable: true,
  includes: (actor, _, action) => actor.kind === "client" || ADMINISTRATORS.includes(actor, undefined, action),
};

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
  "people.read": {
    description: "read every account with its state through the API",
    audience: PEOPLE_READERS,
    scope: "people:read",
  },
  "accounts.export": { description: "export the accounts as a file", audience: ADMINISTRATION },
  "accounts.import": {
    description: "create and change people from a file",
    audience: ADMINISTRATION,
  },
  "accounts.manage": {
    description: "invite, edit, disable and enable people, give them a role, force a new password",
    audience: ADMINISTRATION,
  },
  "lockouts.release": {
    description: "let a person sign in again who has to wait after failed attempts",
    audience: ADMINISTRATION,
  },
  "accounts.impersonate": {
    description: "act in the portals in the name of a person who has no rights of administration, for 30 minutes",
    audience: ADMINISTRATION,
  },
  "roles.read": {
    description: "read the roles, and which people may do or open something by them",
    audience: ADMINISTRATION,
  },
  "roles.manage": {
    description: "add, change and remove roles",
    audience: ADMINISTRATION,
    keptForAdministrators: true,
  },
  "sessions.end": {
    description: "end every sign-in of a person",
    audience: {
      name: `that person; ${ADMINISTRATION.name}`,
      grantable: true,
      self: true,
      portal: ADMINISTRATION.portal,
      includes: (actor: Actor, owner: { userId: number }, action?: string) =>
        (actor.kind === "user" && actor.userId === owner.userId) || ADMINISTRATION.includes(actor, undefined, action),
    },
  },
  "second-factor.require": {
    description: "say for which roles a second factor is mandatory",
    audience: ADMINISTRATION,
  },
  "devices.read": { description: "see the devices on which a person is signed in", audience: OWNERS },
  "devices.end": { description: "end and remove the sign-ins of a person's devices", audience: OWNERS },
  "sessions.configure": { description: "set how long sign-ins and tokens last", audience: ADMINISTRATION },
  "sessions.end-everyone": { description: "end the sign-ins of all people at once", audience: ADMINISTRATION },
  "clients.read": { description: "read registered programs", audience: ADMINISTRATION },
  "clients.manage": {
    description: "register, edit, import and revoke programs; give them a new secret",
    audience: ADMINISTRATION,
  },
  "consents.manage": {
    description: "see and withdraw the consents that a person gave to applications",
    audience: OWNERS,
  },
});
export const { can, requirePermission } = identityPermissions;
