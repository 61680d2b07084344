import { ok, type Reply } from "../reply";
import type { ApiRequest } from "../route";

/** `POST /apps/:id/users/:user/terminate_connections` */
export async function terminateConnections({ app, params, context }: ApiRequest): Promise<Reply> {
  await context.hub.terminateUser(app, params.user ?? "");
  return ok();
}

/**
 * `POST /apps/:id/users/:user/reauthorize_connections`, an extension: the same sockets are closed with 4200, so that their clients come back at once and
 * ask for each of their channels again.
 */
export async function reauthorizeConnections({ app, params, context }: ApiRequest): Promise<Reply> {
  await context.hub.reauthorizeUser(app, params.user ?? "");
  return ok();
}
