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

/** Portals that a role may open, in the order the app switcher shows them. */
export function portalsOf(role: Role): readonly Portal[] {
  return PORTALS_OF_ROLE[role];
}

/** Whether a person has the role that administers the whole, wherever they are at work. */
export function hasAdministratorRole({ role }: { role: Role }): boolean {
  return role === "administrateur";
}
