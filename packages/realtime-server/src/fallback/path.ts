/** What one request of the HTTP fallback is for. */
export type FallbackPath = {
  /** Of the app that the session belongs to. */
  key: string;
  /** Names one session: its app's key, and what the client made up for it. Not to be guessed, so not to be short. */
  session: string;
  kind: "xhr" | "xhr_streaming" | "xhr_send";
};

/** As SockJS has it: a base (of pusher-js: `/pusher/app/{key}`), a server that proxies pin by, a session, a transport. */
const PATH =
  /^(?:\/pusher)?\/app\/(?<key>[^/]+)\/(?<server>[^/.]{1,32})\/(?<session>[^/.]{8,64})\/(?<kind>xhr|xhr_streaming|xhr_send)$/;

/** @returns undefined for every path that is none of the fallback's */
export function parseFallbackPath(pathname: string): FallbackPath | undefined {
  const groups = PATH.exec(pathname)?.groups;
  const { key, server, session, kind } = groups ?? {};
  if (key === undefined || (kind !== "xhr" && kind !== "xhr_streaming" && kind !== "xhr_send")) return undefined;
  return { key, session: `${key}/${server}/${session}`, kind };
}
