import type { Socket } from "socket.io";
import { z } from "zod";
import { sign } from "../auth/hmac";
import type { ServerContext } from "../context";
import { channelKind, isChannelName } from "../protocol/channel-name";
import type { SubscriptionProblem } from "../protocol/frames";
import { subscriptionError } from "../protocol/frames";
import type { ClientSession } from "../socket/client-session";
import { authorizeChannel, type ChannelQuestion } from "./authorize-channel";
import type { SocketIoOptions } from "./options";
import type { SocketIoTransport } from "./socket-io-transport";

const subscribeSchema = z.object({
  channel: z.string(),
  auth: z
    .object({ headers: z.record(z.string(), z.unknown()).nullish().catch(undefined) })
    .nullish()
    .catch(undefined),
});
const unsubscribeSchema = z.object({ channel: z.string() });
const clientEventSchema = z.object({
  channel: z.string(),
  event: z.string().startsWith("client-"),
  data: z.unknown().optional(),
});

/** One Socket.IO client, connected to the protocol engine that WebSockets use. */
export type SocketIoClient = {
  socket: Socket;
  session: ClientSession;
  transport: SocketIoTransport;
  /** What is the same for all its questions to the back end. */
  caller: Pick<ChannelQuestion, "withCookies" | "address">;
};

/**
 * Handles the requests of laravel-echo: `subscribe`, `unsubscribe` and `client event`. Each becomes the message that a client of the Pusher protocol
 * would send, so rights and limits are the same; others are passed over.
 */
export function handleClientRequests(client: SocketIoClient, options: SocketIoOptions, context: ServerContext): void {
  const { socket, session, transport, caller } = client;
  const { connection } = session;
  /** Questions to the back end that are under way, by channel. */
  const pending = new Map<string, AbortController>();

  async function askFor(channel: string, headers: Readonly<Record<string, unknown>>): Promise<void> {
    if (connection.channels.size + pending.size >= connection.app.limits.maxSubscriptionsPerConnection) {
      return refuse(channel, 403, "Too many subscriptions on this connection");
    }
    const controller = new AbortController();
    pending.set(channel, controller);
    const answer = await authorizeChannel(options.authorization, {
      ...{ channel, headers, socketId: connection.id, handshake: socket.request.headers },
      ...caller,
      signal: controller.signal,
    });
    // Left meanwhile, or asked for once more.
    if (pending.get(channel) !== controller) return;
    pending.delete(channel);
    if (answer.status !== undefined) return refuse(channel, answer.status, "The back end refuses the channel");
    const { channelData } = answer;
    session.receive(JSON.stringify({ event: "pusher:subscribe", data: signedSubscription(channel, channelData) }));
  }

  /** The back end has allowed the channel, so this server signs for it what a publisher would have signed. */
  function signedSubscription(channel: string, channelData: string | undefined): Record<string, string> {
    const [key = { key: "", secret: "" }] = connection.app.keys;
    const signed = [connection.id, channel, ...(channelData === undefined ? [] : [channelData])].join(":");
    const auth = `${key.key}:${sign(key.secret, signed)}`;
    return { channel, auth, ...(channelData === undefined ? {} : { channel_data: channelData }) };
  }

  function refuse(channel: string, status: number, error: string): void {
    const type: SubscriptionProblem["type"] = "AuthError";
    connection.send(subscriptionError(channel, { type, error, status }));
    context.logger.debug({ socketId: connection.id, channel, status }, "channel refused");
  }

  function abort(channel: string): void {
    pending.get(channel)?.abort();
    pending.delete(channel);
  }

  const requests: Readonly<Record<string, (data: unknown) => void>> = {
    subscribe(data) {
      const request = subscribeSchema.safeParse(data).data;
      if (request === undefined) return session.receiveControlFrame();
      const { channel, auth } = request;
      if (connection.channels.has(channel)) return session.receiveControlFrame();
      if (!isChannelName(channel) || channelKind(channel) === "public") {
        return session.receive(JSON.stringify({ event: "pusher:subscribe", data: { channel } }));
      }
      session.receiveControlFrame();
      abort(channel);
      if (connection.isOpen) void askFor(channel, auth?.headers ?? {});
    },
    unsubscribe(data) {
      const request = unsubscribeSchema.safeParse(data).data;
      if (request === undefined) return session.receiveControlFrame();
      abort(request.channel);
      session.receive(JSON.stringify({ event: "pusher:unsubscribe", data: { channel: request.channel } }));
      transport.leave(request.channel);
    },
    "client event"(data) {
      const request = clientEventSchema.safeParse(data).data;
      const text = request === undefined ? undefined : toJson(request);
      if (text === undefined) return session.receiveControlFrame();
      session.receive(text);
    },
  };

  socket.onAny((event: unknown, data: unknown) => {
    const request = typeof event === "string" && Object.hasOwn(requests, event) ? requests[event] : undefined;
    if (request === undefined) session.receiveControlFrame();
    else request(data);
  });
  socket.on("disconnect", () => {
    for (const channel of [...pending.keys()]) abort(channel);
  });
}

/** @returns undefined for data that is nested too deeply to be written */
function toJson(message: object): string | undefined {
  try {
    return JSON.stringify(message);
  } catch {
    return undefined;
  }
}
