/** The parts of the path of a fallback request. */
export type FallbackPath = {
  /** The key of the session's app. */
  key: string;
  /** Names one session: its app's key, and a name that the client made up. Long, so that others cannot guess it. */
  session: string;
  kind: "xhr" | "xhr_streaming" | "xhr_send";
};

/** As SockJS has it: a base (of pusher-js: `/pusher/app/{key}`), a server that proxies pin by, a session, a transport. */
const PATH =
  /^(?:\/pusher)?\/app\/(?<key>[^/]+)\/(?<server>[^/.]{1,32})\/(?<session>[^/.]{8,64})\/(?<kind>xhr|xhr_streaming|xhr_send)$/;

/** @returns undefined for every other path */
export function parseFallbackPath(pathname: string): FallbackPath | undefined {
  const groups = PATH.exec(pathname)?.groups;
  const { key, server, session, kind } = groups ?? {};
  if (key === undefined || (kind !== "xhr" && kind !== "xhr_streaming" && kind !== "xhr_send")) return undefined;
  return { key, session: `${key}/${server}/${session}`, kind };
}
