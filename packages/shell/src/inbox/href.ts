import type { PortalLink } from "../shell-context";

/** Where a notification's address leads from this page. */
export type Destination =
  | { kind: "here"; path: string; href: string }
  | { kind: "portal"; href: string }
  | { kind: "external"; href: string };

/** Null for no address, and for anything but http(s): the server refuses those, and so do we. */
export function destinationOf(
  href: string | null,
  origin: string | null,
  portals: readonly PortalLink[],
): Destination | null {
  if (href === null || !URL.canParse(href)) return null;
  const url = new URL(href);
  if (url.protocol !== "http:" && url.protocol !== "https:") return null;
  if (url.origin === origin) return { kind: "here", path: url.pathname + url.search + url.hash, href };
  const ours = portals.some((link) => new URL(link.url).origin === url.origin);
  return { kind: ours ? "portal" : "external", href };
}
