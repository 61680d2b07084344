import { PORTALS } from "@mgs/core/portals";
import type { PortalLink } from "@mgs/shell/shell-context";
import { portal } from "../portal";

/** Lists all portals with their addresses. */
export function portalLinks(): PortalLink[] {
  const { portalUrls } = portal.runtime();
  return PORTALS.map((name) => ({ portal: name, url: portalUrls[name] }));
}
