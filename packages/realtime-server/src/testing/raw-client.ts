import { onTestFinished } from "vitest";
import { WebSocket } from "ws";
import { z } from "zod";
import { sign } from "../auth/hmac";
import { APP } from "./start-server";

const messageSchema = z.object({
  event: z.string(),
  channel: z.string().optional(),
  data: z.unknown().optional(),
  user_id: z.string().optional(),
});
export type Message = z.output<typeof messageSchema>;

/** A WebSocket client without pusher-js, for messages that pusher-js never sends and for exact frames. */
export class RawClient {
  readonly received: Message[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;
  readonly ws: WebSocket;
  socketId = "";
  #waiting: (() => void)[] = [];
  #consumed = new Set<Message>();

  constructor(url: string) {
    this.ws = new WebSocket(url);
    onTestFinished(() => this.ws.terminate());
    this.ws.on("error", () => undefined);
    this.ws.on("message", (data) => {
      this.received.push(messageSchema.parse(JSON.parse(data.toString())));
      for (const wake of this.#waiting.splice(0)) wake();
    });
    this.closed = new Promise((resolve) => {
      this.ws.on("close", (code, reason) => resolve({ code, reason: reason.toString() }));
    });
  }

  /** Connects and waits for its socket id. */
  static async connect(port: number, app = APP): Promise<RawClient> {
    const client = new RawClient(`ws://localhost:${port}/app/${app.key}?protocol=7&client=test&version=1`);
    const established = await client.next("pusher:connection_established");
    client.socketId = z.object({ socket_id: z.string() }).parse(JSON.parse(String(established.data))).socket_id;
    return client;
  }

  /** The next message of that name which no earlier call took. */
  async next(event: string, channel?: string): Promise<Message> {
    for (;;) {
      const found = this.received.find(
        (message) =>
          message.event === event &&
          (channel === undefined || message.channel === channel) &&
          !this.#consumed.has(message),
      );
      if (found !== undefined) {
        this.#consumed.add(found);
        return found;
      }
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  send(message: unknown): void {
    this.ws.send(JSON.stringify(message));
  }

  subscribe(channel: string, channelData?: string, auth?: string): void {
    const claim = [this.socketId, channel, ...(channelData === undefined ? [] : [channelData])].join(":");
    this.send({
      event: "pusher:subscribe",
      data: { channel, channel_data: channelData, auth: auth ?? `${APP.key}:${sign(APP.secret, claim)}` },
    });
  }

  async join(channel: string, channelData?: string): Promise<Message> {
    this.subscribe(channel, channelData);
    return this.next("pusher_internal:subscription_succeeded", channel);
  }

  signin(userData: string, auth?: string): void {
    const signature = sign(APP.secret, `${this.socketId}::user::${userData}`);
    this.send({ event: "pusher:signin", data: { auth: auth ?? `${APP.key}:${signature}`, user_data: userData } });
  }

  /** Resolves when the server has answered everything sent before: frames of one socket are handled in order. */
  async settled(): Promise<void> {
    this.send({ event: "pusher:ping", data: {} });
    await this.next("pusher:pong");
  }
}
