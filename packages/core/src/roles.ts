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

export function mayOpen(role: Role, portal: Portal): boolean {
  return portalsOf(role).includes(portal);
}
