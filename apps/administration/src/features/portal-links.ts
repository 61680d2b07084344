import { PORTALS } from "@mgs/core/portals";
import type { PortalLink } from "@mgs/shell/shell-context";
import { readEnv } from "../env";

/** All portals with their addresses. */
export function portalLinks(): PortalLink[] {
  const env = readEnv();
  const urls = {
    administration: env.ADMINISTRATION_URL,
    commercial: env.COMMERCIAL_URL,
    "gestion-dossier": env.GESTION_DOSSIER_URL,
  };
  return PORTALS.map((portal) => ({ portal, url: urls[portal] }));
}
