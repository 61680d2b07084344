import { Agent } from "node:http";
import { Agent as SecureAgent } from "node:https";
import Pusher from "pusher";
import type { PusherEnv } from "./env";

/** Milliseconds the Pusher server has to answer. */
const TIMEOUT = 5_000;

/** Milliseconds until a server that does not know our own address for bindings is asked again. */
const UNKNOWN_ADDRESS_MS = 60_000;

/** A signature for one socket and one channel, as pusher-js expects it from `/broadcasting/auth`. */
export type ChannelAuthorization = { auth: string; channel_data?: string };
/** A signature for one socket, as pusher-js expects it for `pusher:signin`. */
export type UserAuthentication = { auth: string; user_data: string };
export type PresenceData = { user_id: string; user_info?: Record<string, unknown> };

/** What ties a socket to what let it in. */
export type SocketBinding = {
  /** Names of `holderOf`, and ids of `user_sessions`. */
  holders: readonly string[];
  /** When the socket has to prove anew what lets it in. */
  expiresAt: Date;
  /** Channels on which the socket may send no client events. */
  mutedChannels: readonly string[];
};

/** Our side of a Pusher Channels server, whichever it is. */
export type Publisher = {
  /**
   * @param data an object, or JSON text that goes out as it is
   * @throws PublishError when the server refuses or does not answer in time
   */
  trigger(channel: string, event: string, data: object | string): Promise<void>;
  /**
   * Several events, in their order, by one request: all of them or, when the server refuses, none.
   * @param events at most 10, what hosted servers take
   * @throws PublishError
   */
  triggerAll(events: readonly { channel: string; event: string; data: object }[]): Promise<void>;
  /**
   * Closes every socket that signed in as this user or is bound to it: an id of `user_sessions`, or another holder.
   * @throws PublishError
   */
  terminateUser(holder: string): Promise<void>;
  /**
   * Binds a socket to `holders`, so that `terminateUser` of any of them closes it although it never signed in. Our own
   * realtime server knows how; with another one this does nothing.
   * @throws PublishError
   */
  bindSocket(socketId: string, binding: SocketBinding): Promise<void>;
  /**
   * A signed GET.
   * @param path below `/apps/:id`, such as `/channels`
   * @returns what the server answered, not checked
   * @throws PublishError
   */
  read(path: string, params?: Readonly<Record<string, string>>): Promise<unknown>;
  /** Asks for the list of channels, which every Pusher server has. @throws PublishError */
  ping(): Promise<void>;
  /** What our own realtime server says of its process; undefined for another server. @throws PublishError */
  processReport(): Promise<unknown>;
  /** @throws Error when the socket id or channel name is not of Pusher's form */
  authorizeChannel(socketId: string, channel: string, presence?: PresenceData): ChannelAuthorization;
  /** @throws Error when the socket id is not of Pusher's form */
  authenticateUser(socketId: string, user: { id: string } & Record<string, unknown>): UserAuthentication;
};

/** Shared by every copy of this module in a process, as a framework that bundles each route by itself makes them. */
const BRAND = Symbol.for("mgs.PublishError");

/** What the Pusher server did, without the signed URL that the library's own error carries. */
export class PublishError extends Error {
  override readonly name = "PublishError";
  readonly [BRAND] = true;
  /** HTTP status, undefined when there was no answer. */
  readonly status: number | undefined;

  constructor(status: number | undefined) {
    super(status === undefined ? "the Pusher server did not answer" : `the Pusher server answered ${status}`);
    this.status = status;
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === "object" && value !== null && BRAND in value;
  }
}

/** A publisher over the unmodified `pusher` library; it opens no connection before the first call. */
export function createPublisher(env: PusherEnv): Publisher {
  const pusher = new Pusher({
    appId: env.PUSHER_APP_ID,
    key: env.PUSHER_APP_KEY,
    secret: env.PUSHER_APP_SECRET,
    timeout: TIMEOUT,
    ...(env.PUSHER_HOST === undefined
      ? { cluster: env.PUSHER_APP_CLUSTER, useTLS: true }
      : {
          host: env.PUSHER_HOST,
          useTLS: env.PUSHER_SCHEME === "https",
          // A connection that stays open: without it each event would begin with a handshake.
          agent: new (env.PUSHER_SCHEME === "https" ? SecureAgent : Agent)({ keepAlive: true }),
          ...(env.PUSHER_PORT === undefined ? {} : { port: String(env.PUSHER_PORT) }),
        }),
  });
  let bindsNothingUntil = 0;
  const read = async (path: string, params: Readonly<Record<string, string>> = {}): Promise<unknown> => {
    try {
      const response = await pusher.get({ path, params: { ...params } });
      return await response.json();
    } catch (error) {
      throw failureOf(error);
    }
  };
  return {
    trigger: (channel, event, data) => answered(pusher.trigger(channel, event, data)),
    triggerAll: (events) =>
      answered(pusher.triggerBatch(events.map(({ channel, event, data }) => ({ channel, name: event, data })))),
    terminateUser: (holder) => answered(pusher.terminateUserConnections(holder)),
    async bindSocket(socketId, { holders, expiresAt, mutedChannels }) {
      if (performance.now() < bindsNothingUntil) return;
      const path = `/sockets/${socketId}/bindings`;
      const body = { user_ids: holders, expires_at: expiresAt.getTime() / 1_000, muted_channels: mutedChannels };
      try {
        // The library makes JSON of it, whatever its types say.
        await answered(pusher.post({ path, body: body as unknown as string }));
      } catch (error) {
        // What other servers answer to an address that is ours alone.
        if (!(error instanceof PublishError) || (error.status !== 404 && error.status !== 405)) throw error;
        bindsNothingUntil = performance.now() + UNKNOWN_ADDRESS_MS;
      }
    },
    ping: () => answered(pusher.get({ path: "/channels" })),
    read,
    async processReport() {
      try {
        return await read("/process");
      } catch (error) {
        // What other servers answer to an address that is ours alone.
        if (error instanceof PublishError && error.status !== undefined && error.status < 500) return undefined;
        throw error;
      }
    },
    authorizeChannel: (socketId, channel, presence) => pusher.authorizeChannel(socketId, channel, presence),
    authenticateUser: (socketId, user) => pusher.authenticateUser(socketId, user),
  };
}

/** Reads the answer to its end, so that its connection is free again. */
async function answered(request: Promise<Pusher.Response>): Promise<void> {
  try {
    const response = await request;
    await response.text();
  } catch (error) {
    throw failureOf(error);
  }
}

function failureOf(error: unknown): PublishError {
  return new PublishError(error instanceof Pusher.RequestError ? error.status : undefined);
}
