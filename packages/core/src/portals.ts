/** The three portals. Each name is also the portal's OAuth `client_id` and the `source` of its notifications. */
export const PORTALS = ["administration", "commercial", "gestion-dossier"] as const;
export type Portal = (typeof PORTALS)[number];

/** The portal that hosts the OpenID Connect provider. */
export const ISSUER_PORTAL = "administration" satisfies Portal;

/** Public origin of each portal, without a trailing slash. */
export type PortalUrls = Record<Portal, string>;

export function isPortal(value: unknown): value is Portal {
  return PORTALS.some((portal) => portal === value);
}
