import type { App } from "../apps";
import type { ChannelAuthorizationOptions } from "./options";

/**
 * Whether the cookies of a connection may go to the back end with its questions. A WebSocket of any page carries the visitor's cookies (cross-site
 * WebSocket hijacking), so the page's host has to be this server's or the back end's, or the app has to allow its origin by name.
 * @param origin of the page; unset for a client that is none, which sends what it wants anyway
 */
export function mayPassCookies(
  origin: string | undefined,
  host: string | undefined,
  app: Pick<App, "allowedOrigins">,
  { hosts }: ChannelAuthorizationOptions,
): boolean {
  // An origin outside the list of the app was refused with the connection.
  if (origin === undefined || (app.allowedOrigins !== undefined && !app.allowedOrigins.includes("*"))) return true;
  const page = URL.parse(origin)?.hostname;
  if (page === undefined) return false;
  const own = URL.parse(`http://${host ?? ""}`)?.hostname;
  return (
    page === own || hosts.some((entry) => (entry.startsWith(".") ? page.endsWith(entry) : hostnameOf(entry) === page))
  );
}

const hostnameOf = (entry: string): string | undefined =>
  URL.parse(entry.includes("://") ? entry : `http://${entry}`)?.hostname;
