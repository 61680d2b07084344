import type { Database } from "@mgs/db/client";
import type { Call } from "@mgs/http/route";
import { recordImpersonatedAct } from "@mgs/identity/impersonation/record-impersonated-act";
import { channelAuthorizationPath, socketSignInPath } from "@mgs/realtime/links";

/** The way of a socket to its channels changes nothing that a person would call an act. */
const SOCKET_PATHS: ReadonlySet<string> = new Set([channelAuthorizationPath(), socketSignInPath()]);

/** Writes down that a call is about to change something in another person's name. */
export async function recordWrite(
  database: Database,
  { actor, request }: Pick<Call, "actor" | "request">,
): Promise<void> {
  const { pathname: path } = new URL(request.url);
  if (!SOCKET_PATHS.has(path)) await recordImpersonatedAct(database, actor, { method: request.method, path });
}
