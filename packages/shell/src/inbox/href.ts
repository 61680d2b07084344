import type { PortalLink } from "../shell-context";

/** The target of a notification's link, seen from this page. */
export type Destination =
  | { kind: "here"; path: string; href: string }
  | { kind: "portal"; href: string }
  | { kind: "external"; href: string };

/** Finds the target of an address; null without one, and for an address that is not http(s), which the server refuses too. */
export function destinationOf(
  href: string | null,
  origin: string | null,
  portals: readonly PortalLink[],
): Destination | null {
  if (href === null || !URL.canParse(href)) return null;
  const url = new URL(href);
  if (url.protocol !== "http:" && url.protocol !== "https:") return null;
  if (url.origin === origin) return { kind: "here", path: url.pathname + url.search + url.hash, href };
  const isPortal = portals.some((link) => new URL(link.url).origin === url.origin);
  return { kind: isPortal ? "portal" : "external", href };
}
