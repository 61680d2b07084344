import type { Portal } from "./portals";

export const ROLES = ["administrateur", "direction", "commercial", "gestionnaire", "comptable"] as const;
export type Role = (typeof ROLES)[number];

const PORTALS_OF_ROLE: Record<Role, readonly Portal[]> = {
  administrateur: ["administration", "commercial", "gestion-dossier"],
  direction: ["commercial", "gestion-dossier"],
  commercial: ["commercial"],
  gestionnaire: ["gestion-dossier"],
  comptable: ["commercial", "gestion-dossier"],
};

export function isRole(value: unknown): value is Role {
  return ROLES.some((role) => role === value);
}

/** Lists the portals that a role may open, in the order of the app switcher. */
export function portalsOf(role: Role): readonly Portal[] {
  return PORTALS_OF_ROLE[role];
}

/** Tells whether a person has the role of administrators, in whichever portal they are. */
export function hasAdministratorRole({ role }: { role: Role }): boolean {
  return role === "administrateur";
}
