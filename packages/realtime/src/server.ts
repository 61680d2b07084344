import { Agent } from "node:http";
import { Agent as SecureAgent } from "node:https";
import Pusher from "pusher";
import type { PusherEnv } from "./env";

/** Time limit of a request to the Pusher server. */
const TIMEOUT_MS = 5_000;

/** Time after which a server that answered without support for bindings is tried again. */
const UNSUPPORTED_RETRY_MS = 60_000;

/** A signature for one socket and one channel, as pusher-js expects it from `/broadcasting/auth`. */
export type ChannelAuthorization = { auth: string; channel_data?: string };
/** A signature for one socket, as pusher-js expects it for `pusher:signin`. */
export type UserAuthentication = { auth: string; user_data: string };
export type PresenceData = { user_id: string; user_info?: Record<string, unknown> };

/** Ties a socket to the sessions that let it in. */
export type SocketBinding = {
  /** Names of `holderOf`, and ids of `user_sessions`. */
  holders: readonly string[];
  /** When the socket has to authorize again. */
  expiresAt: Date;
  /** Channels on which the socket may send no client events. */
  mutedChannels: readonly string[];
};

/** The client of any Pusher Channels server. */
export type Publisher = {
  /**
   * @param channel one, or at most 100, the limit of hosted servers
   * @param data an object, or JSON text that goes out as it is
   * @param exceptSocketId the socket that does not get it: its tab made the change
   * @throws PublishError when the server refuses or does not answer in time
   */
  trigger(
    channel: string | readonly string[],
    event: string,
    data: object | string,
    exceptSocketId?: string,
  ): Promise<void>;
  /**
   * Several events, in their order, by one request: all of them or, when the server refuses, none.
   * @param events at most 10, the limit of hosted servers
   * @throws PublishError
   */
  triggerAll(events: readonly { channel: string; event: string; data: object }[]): Promise<void>;
  /**
   * Closes every socket that signed in as this user or is bound to it: an id of `user_sessions`, or another holder.
   * @throws PublishError
   */
  terminateUser(holder: string): Promise<void>;
  /**
   * Sends these sockets away so that they come back at once and ask for each of their channels again: what somebody may no longer read is
   * refused to them then. Our own realtime server supports it; with another one this does nothing.
   * @throws PublishError
   */
  reauthorizeUser(holder: string): Promise<void>;
  /**
   * Binds a socket to `holders`, so that `terminateUser` of any of them closes it although it never signed in. Our own
   * realtime server supports it; with another one this does nothing.
   * @throws PublishError
   */
  bindSocket(socketId: string, binding: SocketBinding): Promise<void>;
  /**
   * A signed GET.
   * @param path below `/apps/:id`, such as `/channels`
   * @returns the answer of the server, unchecked
   * @throws PublishError
   */
  read(path: string, params?: Readonly<Record<string, string>>): Promise<unknown>;
  /** Asks for the list of channels, which every Pusher server has. @throws PublishError */
  ping(): Promise<void>;
  /** Reads the process report of our own realtime server; undefined for another server. @throws PublishError */
  processReport(): Promise<unknown>;
  /** @throws Error when the socket id or channel name is not of Pusher's form */
  authorizeChannel(socketId: string, channel: string, presence?: PresenceData): ChannelAuthorization;
  /** @throws Error when the socket id is not of Pusher's form */
  authenticateUser(socketId: string, user: { id: string } & Record<string, unknown>): UserAuthentication;
};

/** Shared by all copies of this module in a process: Next.js bundles a copy into each route. */
const BRAND = Symbol.for("mgs.PublishError");

/** A failure of the Pusher server, without the signed URL that the library's own error carries. */
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
    timeout: TIMEOUT_MS,
    ...(env.PUSHER_HOST === undefined
      ? { cluster: env.PUSHER_APP_CLUSTER, useTLS: true }
      : {
          host: env.PUSHER_HOST,
          useTLS: env.PUSHER_SCHEME === "https",
          // Keeps the connection open: without it each event would begin with a handshake.
          agent: new (env.PUSHER_SCHEME === "https" ? SecureAgent : Agent)({ keepAlive: true }),
          ...(env.PUSHER_PORT === undefined ? {} : { port: String(env.PUSHER_PORT) }),
        }),
  });
  let unsupportedUntil = 0;
  /** Posts to an address of our own realtime server; another server's answer is that it has none. */
  async function postExtension(path: string, body: object): Promise<void> {
    if (performance.now() < unsupportedUntil) return;
    try {
      // The library encodes an object as JSON, against its types.
      await readToEnd(pusher.post({ path, body: body as unknown as string }));
    } catch (error) {
      if (!(error instanceof PublishError) || (error.status !== 404 && error.status !== 405)) throw error;
      unsupportedUntil = performance.now() + UNSUPPORTED_RETRY_MS;
    }
  }
  const read = async (path: string, params: Readonly<Record<string, string>> = {}): Promise<unknown> => {
    try {
      const response = await pusher.get({ path, params: { ...params } });
      return await response.json();
    } catch (error) {
      throw failureOf(error);
    }
  };
  return {
    trigger: (channel, event, data, exceptSocketId) =>
      readToEnd(
        pusher.trigger(
          typeof channel === "string" ? channel : [...channel],
          event,
          data,
          exceptSocketId === undefined ? {} : { socket_id: exceptSocketId },
        ),
      ),
    triggerAll: (events) =>
      readToEnd(pusher.triggerBatch(events.map(({ channel, event, data }) => ({ channel, name: event, data })))),
    terminateUser: (holder) => readToEnd(pusher.terminateUserConnections(holder)),
    reauthorizeUser: (holder) => postExtension(`/users/${encodeURIComponent(holder)}/reauthorize_connections`, {}),
    bindSocket: (socketId, { holders, expiresAt, mutedChannels }) =>
      postExtension(`/sockets/${socketId}/bindings`, {
        ...{ user_ids: holders, expires_at: expiresAt.getTime() / 1_000, muted_channels: mutedChannels },
      }),
    ping: () => readToEnd(pusher.get({ path: "/channels" })),
    read,
    async processReport() {
      try {
        return await read("/process");
      } catch (error) {
        // The answer of servers without this extension.
        if (error instanceof PublishError && error.status !== undefined && error.status < 500) return undefined;
        throw error;
      }
    },
    authorizeChannel: (socketId, channel, presence) => pusher.authorizeChannel(socketId, channel, presence),
    authenticateUser: (socketId, user) => pusher.authenticateUser(socketId, user),
  };
}

/** Reads the answer to its end, so that its connection is free again. */
async function readToEnd(request: Promise<Pusher.Response>): Promise<void> {
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
