import { requireUser, type UserActor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { decodeForm, parseJson, readBytes } from "@mgs/http/body";
import type { Authenticate, RouteHandlers, RouteTools } from "@mgs/http/route";
import { findUser } from "@mgs/identity/users.repository";
import { authorizeChannel } from "@mgs/realtime/authorize-channel";
import { PublishError } from "@mgs/realtime/server";
import { z } from "zod";
import type { Runtime } from "./runtime";

const MOST_BYTES = 4_096;
const socketId = z.string({ error: "REQUIRED" }).regex(/^\d+\.\d+$/, { error: "INVALID_VALUE" });
const channelRequest = z.object({
  socket_id: socketId,
  channel_name: z.string({ error: "REQUIRED" }).regex(/^[A-Za-z0-9_\-=@,.;]{1,200}$/, { error: "INVALID_VALUE" }),
});
const userRequest = z.object({ socket_id: socketId });

/**
 * Longest time in milliseconds for which a socket is let in without proving itself anew. What ends by a step of ours closes
 * its sockets at once; this is for what nobody announces, such as a role that was changed in the database by hand.
 */
const LONGEST_BINDING_MS = 60 * 60_000;

/**
 * Authorization endpoints of the Pusher Channels protocol. Success is Pusher's own body, not our envelope: pusher-js and
 * laravel-echo read it.
 */
export function createBroadcastingRoutes(
  runtime: Pick<Runtime, "publisher" | "database" | "clock">,
  { route }: RouteTools,
  authenticate: Authenticate,
): { auth: RouteHandlers; userAuth: RouteHandlers } {
  const { publisher, database } = runtime;
  const memberName = async (userId: number) => (await findUser(database, userId))?.name ?? "";

  /**
   * Ties a socket to what lets it in, then looks once more whether that still holds. An end that is committed before that
   * look is seen by it; one that comes later finds the socket tied, and closes it.
   * @throws AppError UNAUTHENTICATED, SESSION_ENDED, PORTAL_REFUSED; UNAVAILABLE while the realtime server is away
   */
  async function bindSocket(
    request: Request,
    actor: UserActor,
    socketId: string,
    mutedChannels: string[] = [],
  ): Promise<void> {
    const now = runtime.clock.now().getTime();
    // Not all at the same moment, hours after everybody came to work.
    const longest = now + LONGEST_BINDING_MS * (1 - Math.random() / 4);
    const expiresAt = new Date(Math.min(longest, actor.proof?.expiresAt?.getTime() ?? longest));
    try {
      const holders = [actor.userSessionId, ...(actor.proof?.holders ?? [])];
      await publisher.bindSocket(socketId, { holders, expiresAt, mutedChannels });
    } catch (error) {
      if (error instanceof PublishError) throw new AppError("UNAVAILABLE", { cause: error, retryAfter: 1 });
      throw error;
    }
    await authenticate(request, false);
  }

  return {
    /** `/broadcasting/auth`: each channel names the scope that it needs. */
    auth: route(
      {
        POST: async ({ actor, request }) => {
          const { socket_id, channel_name } = await readForm(request, channelRequest);
          const { member, clientEvents } = await authorizeChannel({ memberName }, actor, channel_name);
          await bindSocket(request, requireUser(actor), socket_id, clientEvents ? [] : [channel_name]);
          return answer(publisher.authorizeChannel(socket_id, channel_name, member ?? undefined));
        },
      },
      { scopes: { POST: null } },
    ),
    /** `/broadcasting/user-auth`: a socket signs in as its device, so that ending one device closes no other. */
    userAuth: route(
      {
        POST: async ({ actor, request }) => {
          const user = requireUser(actor);
          const { socket_id } = await readForm(request, userRequest);
          await bindSocket(request, user, socket_id);
          return answer(publisher.authenticateUser(socket_id, { id: user.userSessionId }));
        },
      },
      { scopes: { POST: "openid" } },
    ),
  };
}

function answer(body: object): Response {
  return Response.json(body, { headers: { "cache-control": "no-store" } });
}

/** pusher-js posts a form; other Echo connectors post JSON. */
async function readForm<T extends z.ZodType>(request: Request, schema: T): Promise<z.output<T>> {
  const type = (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase();
  if (type !== "application/x-www-form-urlencoded" && type !== "application/json") {
    throw new AppError("UNSUPPORTED_MEDIA_TYPE");
  }
  const bytes = await readBytes(request, MOST_BYTES);
  const parsed = schema.safeParse(
    type === "application/json" ? parseJson(bytes) : Object.fromEntries(new URLSearchParams(decodeForm(bytes))),
  );
  if (parsed.success) return parsed.data;
  throw new AppError("VALIDATION_ERROR", {
    details: parsed.error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message })),
  });
}
