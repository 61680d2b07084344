import { z } from "zod";
import { MAX_BINDINGS, MAX_MUTED_CHANNELS } from "../../hub/bindings";
import { isSocketId } from "../../hub/socket-id";
import { isChannelName } from "../../protocol/channel-name";
import { optional } from "../../protocol/client-message";
import { parseBody } from "../event-schema";
import { ok, problem, type Reply } from "../reply";
import type { ApiRequest } from "../route";

const MAX_EXPIRES_AT_SECONDS = 8_640_000_000_000;

/**
 * `POST /apps/:id/sockets/:socket/bindings`, an extension: from the answer on, `terminate_connections` of any of `user_ids`
 * closes that socket, whether it signs in or not, and so does the time `expires_at` (seconds since the epoch). The socket may
 * send no client events on `muted_channels`.
 * `bound` is false when no process of the cluster has such a socket. 503: a process that may have it did not answer.
 */
export async function bindSocket({ app, params, body, context }: ApiRequest): Promise<Reply> {
  const schema = z.object({
    user_ids: z.array(z.string().min(1).max(app.limits.maxUserIdLength)).min(1).max(MAX_BINDINGS),
    expires_at: z.number().positive().max(MAX_EXPIRES_AT_SECONDS),
    muted_channels: optional(
      z.array(z.string().refine(isChannelName, { error: "is not a valid channel name" })).max(MAX_MUTED_CHANNELS),
    ),
  });
  const socketId = params.socket ?? "";
  if (!isSocketId(socketId)) return problem(400, "Invalid socket id");
  const { input, refusal } = parseBody(schema, body);
  if (refusal !== undefined) return refusal;
  const binding = {
    userIds: input.user_ids,
    expiresAt: input.expires_at * 1_000,
    mutedChannels: input.muted_channels ?? [],
  };
  const result = await context.hub.bindSocket(app, socketId, binding);
  if (result === "full") return problem(409, `A socket is bound to ${MAX_BINDINGS} users at most`);
  if (result === "unknown") return problem(503, "Another process may have this socket and did not answer");
  return ok({ bound: result === "bound" });
}
