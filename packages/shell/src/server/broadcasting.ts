import { requireUser } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { readBytes } from "@mgs/http/body";
import type { RouteHandlers, RouteTools } from "@mgs/http/route";
import { findUser } from "@mgs/identity/users.repository";
import { authorizeChannel } from "@mgs/realtime/authorize-channel";
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
 * Authorization endpoints of the Pusher Channels protocol. Success is Pusher's own body, not our envelope: pusher-js and
 * laravel-echo read it.
 */
export function createBroadcastingRoutes(
  runtime: Runtime,
  { route }: RouteTools,
): { auth: RouteHandlers; userAuth: RouteHandlers } {
  const { publisher, database } = runtime;
  const memberName = async (userId: number) => (await findUser(database, userId))?.name ?? "";
  return {
    /** `/broadcasting/auth` */
    auth: route({
      POST: async ({ actor, request }) => {
        const { socket_id, channel_name } = await readForm(request, channelRequest);
        const member = await authorizeChannel({ memberName }, actor, channel_name);
        return answer(publisher.authorizeChannel(socket_id, channel_name, member ?? undefined));
      },
    }),
    /** `/broadcasting/user-auth`: a socket signs in as its device, so that ending one device closes no other. */
    userAuth: route({
      POST: async ({ actor, request }) => {
        const { userSessionId } = requireUser(actor);
        const { socket_id } = await readForm(request, userRequest);
        return answer(publisher.authenticateUser(socket_id, { id: userSessionId }));
      },
    }),
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
  const text = new TextDecoder().decode(await readBytes(request, MOST_BYTES));
  const parsed = schema.safeParse(
    type === "application/json" ? parseJson(text) : Object.fromEntries(new URLSearchParams(text)),
  );
  if (parsed.success) return parsed.data;
  throw new AppError("VALIDATION_ERROR", {
    details: parsed.error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message })),
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError("INVALID_JSON");
  }
}
