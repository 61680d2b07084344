import { PORTALS, type PortalUrls } from "@mgs/core/portals";
import { safeReturnTo } from "@mgs/http/return-to";

const MAX_ADDRESS_CHARACTERS = 4_096;

/**
 * The address at which a proof ends: a page of a portal, or a path of this one. Everything else becomes the dashboard, so that no
 * link can lead a person who has just typed their password to another site.
 */
export function proofReturnAddress(wanted: unknown, portalUrls: PortalUrls): string {
  if (typeof wanted !== "string" || wanted.length > MAX_ADDRESS_CHARACTERS) return safeReturnTo(null);
  if (!URL.canParse(wanted)) return safeReturnTo(wanted);
  const { origin, pathname, search, hash } = new URL(wanted);
  const isPortal = PORTALS.some((name) => new URL(portalUrls[name]).origin === origin);
  return isPortal ? `${origin}${safeReturnTo(`${pathname}${search}${hash}`)}` : safeReturnTo(null);
}
