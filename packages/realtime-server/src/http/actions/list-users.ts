import { channelKind, isChannelName } from "../../protocol/channel-name";
import { ok, problem, type Reply } from "../reply";
import type { ApiRequest } from "../route";

/** `GET /apps/:id/channels/:name/users` */
export async function listUsers({ app, params, context }: ApiRequest): Promise<Reply> {
  const name = params.channel ?? "";
  if (!isChannelName(name)) return problem(400, "Invalid channel name");
  if (channelKind(name) !== "presence") return problem(400, "Users can only be retrieved for presence channels");
  const members = await context.hub.cluster.listMembers(app.id, name);
  return ok({ users: members.map((member) => ({ id: member.userId })) });
}
