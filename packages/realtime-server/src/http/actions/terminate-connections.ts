import { ok, type Reply } from "../reply";
import type { ApiRequest } from "../route";

/** `POST /apps/:id/users/:user/terminate_connections` */
export async function terminateConnections({ app, params, context }: ApiRequest): Promise<Reply> {
  await context.hub.terminateUser(app, params.user ?? "");
  return ok();
}
