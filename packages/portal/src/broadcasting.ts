import { holderOf } from "@mgs/core/access-proof";
import { requireUser, type UserActor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { decodeForm, parseJson, readBytes } from "@mgs/http/body";
import type { Route } from "@mgs/http/route";
import { authorizeChannel } from "@mgs/realtime/authorize-channel";
import { PublishError } from "@mgs/realtime/server";
import { z } from "zod";
import type { BaseDeps } from "./base-deps";

const MAX_FORM_BYTES = 4_096;
const socketId = z.string({ error: "REQUIRED" }).regex(/^\d+\.\d+$/, { error: "INVALID_VALUE" });
export const channelRequest = z.object({
  socket_id: socketId,
  channel_name: z.string({ error: "REQUIRED" }).regex(/^[A-Za-z0-9_\-=@,.;]{1,200}$/, { error: "INVALID_VALUE" }),
});
export const userRequest = z.object({ socket_id: socketId });

/**
 * Longest time until a socket has to authorize again. The end of a session closes its sockets at once; this bound covers
 * changes without an event, such as a role that was changed in the database by hand.
 */
const MAX_BINDING_MS = 60 * 60_000;

type Deps = Pick<BaseDeps, "publisher" | "clock" | "authenticate">;

/**
 * Binds a socket to its holders, then checks again that they are live. That check sees an end that was committed before it; a
 * later end finds the bound socket and closes it.
 * @throws AppError UNAUTHENTICATED, SESSION_ENDED, PORTAL_REFUSED; UNAVAILABLE while the realtime server is away
 */
async function bindSocket(
  { publisher, clock, authenticate }: Deps,
  request: Request,
  actor: UserActor,
  socketId: string,
  mutedChannels: string[] = [],
): Promise<void> {
  const now = clock.now().getTime();
  // The time is spread, so that sockets which opened together do not authorize again at the same moment.
  const latest = now + MAX_BINDING_MS * (1 - Math.random() / 4);
  const expiresAt = new Date(Math.min(latest, actor.proof?.expiresAt?.getTime() ?? latest));
  try {
    const holders = [actor.userSessionId, holderOf.person(actor.userId), ...(actor.proof?.holders ?? [])];
    await publisher.bindSocket(socketId, { holders, expiresAt, mutedChannels });
  } catch (error) {
    if (error instanceof PublishError) throw new AppError("UNAVAILABLE", { cause: error, retryAfter: 1 });
    throw error;
  }
  const { actor: present } = await authenticate(request, false);
  // An impersonation that has begun or ended meanwhile: this socket was not among those which its end has closed.
  if (present.kind !== "user" || present.userId !== actor.userId) throw new AppError("SESSION_ENDED");
}

const BODY = { kind: "form", maxBytes: MAX_FORM_BYTES } as const;

/**
 * Authorization endpoints of the Pusher Channels protocol. They answer with Pusher's own body instead of our envelope, because
 * pusher-js and laravel-echo read it.
 */
export const broadcastingRoutes = [
  {
    // Each channel names the scope that it needs.
    method: "POST",
    path: "/broadcasting/auth",
    access: "signed-in",
    scope: null,
    body: BODY,
    handler: async ({ actor, request }, deps) => {
      const { socket_id, channel_name } = await readForm(request, channelRequest);
      const { member, clientEvents } = await authorizeChannel(deps.channels, deps, actor, channel_name);
      await bindSocket(deps, request, requireUser(actor), socket_id, clientEvents ? [] : [channel_name]);
      return toJson(deps.publisher.authorizeChannel(socket_id, channel_name, member ?? undefined));
    },
  },
  {
    // A socket signs in with its user session's id, so that ending one device does not close another.
    method: "POST",
    path: "/broadcasting/user-auth",
    access: "signed-in",
    scope: "openid",
    body: BODY,
    handler: async ({ actor, request }, deps) => {
      const user = requireUser(actor);
      const { socket_id } = await readForm(request, userRequest);
      await bindSocket(deps, request, user, socket_id);
      // In a person's name its end alone closes the socket, also at a server that knows no bindings.
      const { impersonation, userSessionId } = user;
      const id = impersonation ? holderOf.impersonation(impersonation.id) : userSessionId;
      return toJson(deps.publisher.authenticateUser(socket_id, { id }));
    },
  },
] as const satisfies readonly Route<BaseDeps>[];

function toJson(body: object): Response {
  return Response.json(body, { headers: { "cache-control": "no-store" } });
}

/** Reads the fields: pusher-js posts a form, other Echo connectors post JSON. */
async function readForm<T extends z.ZodType>(request: Request, schema: T): Promise<z.output<T>> {
  const type = (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase();
  if (type !== "application/x-www-form-urlencoded" && type !== "application/json") {
    throw new AppError("UNSUPPORTED_MEDIA_TYPE");
  }
  const bytes = await readBytes(request, MAX_FORM_BYTES);
  const parsed = schema.safeParse(
    type === "application/json" ? parseJson(bytes) : Object.fromEntries(new URLSearchParams(decodeForm(bytes))),
  );
  if (parsed.success) return parsed.data;
  throw new AppError("VALIDATION_ERROR", {
    details: parsed.error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message })),
  });
}
