import type { App } from "../apps";
import type { ServerContext } from "../context";
import type { FrameTrace } from "../debug/frame-trace";
import { Connection } from "../hub/connection";
import { RateWindow } from "../hub/rate-window";
import { createSocketId } from "../hub/socket-id";
import type { ClientProtocol, Traffic } from "../hub/traffic";
import type { Transport } from "../hub/transport";
import { CloseCode } from "../protocol/close-codes";
import { connectionEstablished, errorFrame } from "../protocol/frames";
import { dispatch } from "./dispatch";
import { recordActivity } from "./heartbeat";

/** Messages in the backlog at which the server stops reading from the client. */
const MAX_BACKLOG_MESSAGES = 32;

type AdmittedClient = {
  app: App;
  transport: Transport;
  address: string;
  /** Default `pusher`. */
  protocol?: ClientProtocol;
  answersPing?: boolean;
  /** The client's socket id, where its protocol gives it one; unset: a new one. */
  id?: string;
};

/** One admitted client on any transport. A class, because a process has tens of thousands of them. */
export class ClientSession {
  readonly connection: Connection;
  readonly #context: ServerContext;
  readonly #traffic: Traffic;
  readonly #trace: FrameTrace | undefined;
  /** Messages that arrived while an earlier one is being handled. */
  #backlog: string[] | undefined;

  /** Adds an admitted client to the hub and sends its socket id. */
  constructor(
    context: ServerContext,
    { app, transport, address, protocol = "pusher", answersPing = true, id = createSocketId() }: AdmittedClient,
  ) {
    const { hub, limits, logger } = context;
    this.#context = context;
    this.#traffic = hub.traffic(app, protocol);
    this.#trace = context.trace?.(id, app.id);
    this.connection = new Connection({
      id,
      app,
      protocol,
      address,
      answersPing,
      transport: this.#trace?.outgoing(transport) ?? transport,
      flushScheduler: context.flushScheduler,
      traffic: this.#traffic,
      maxUnsentBytes: limits.maxUnsentBytes,
      now: Date.now(),
    });
    hub.add(this.connection);
    const activityTimeout = Math.max(1, Math.floor(limits.activityTimeoutMs / 1000));
    this.connection.send(connectionEstablished(this.connection.id, activityTimeout));
    logger.debug({ socketId: this.connection.id, appId: app.id, address }, "connection open");
  }

  /** Handles a frame that is no message: a sign of life that counts for the rate limit. */
  receiveControlFrame(): void {
    this.#isWithinRate();
  }

  /** Handles one message. Messages are handled in their order, each when the one before is done. */
  receive(text: string): void {
    this.#trace?.incoming(text);
    this.#traffic.messagesIn++;
    this.#traffic.bytesIn += text.length;
    if (!this.#isWithinRate()) return;
    if (this.#backlog !== undefined) {
      this.#backlog.push(text);
      if (this.#backlog.length === MAX_BACKLOG_MESSAGES) this.connection.pause();
      return;
    }
    const pending = this.#handle(text);
    if (pending === undefined) return;
    this.#backlog = [];
    void this.#drainBacklog(pending, this.#backlog);
  }

  /** Removes the client from its channels and its user after a Close frame of either side. Safe to call twice. */
  depart(): void {
    this.#context.hub.depart(this.connection);
  }

  /** Removes the client after the end of its transport. Safe to call twice. */
  end(closeCode?: number): void {
    const { connection } = this;
    this.#context.hub.remove(connection);
    this.#context.logger.debug({ socketId: connection.id, appId: connection.app.id, closeCode }, "connection closed");
  }

  /** Records the activity, and closes a client over its rate limit. */
  #isWithinRate(): boolean {
    const now = Date.now();
    const { connection } = this;
    recordActivity(connection, now);
    connection.messageRate ??= new RateWindow();
    if (connection.messageRate.take(now, this.#context.limits.maxMessagesPerSecond)) return true;
    if (connection.isOpen) {
      connection.close({ code: CloseCode.overCapacity, message: "Too many messages in a second" });
    }
    return false;
  }

  #handle(text: string): Promise<void> | undefined {
    // Messages that were on their way when the client was closed are dropped.
    if (!this.connection.isOpen) return undefined;
    try {
      return dispatch(this.connection, text, this.#context)?.catch((error: unknown) => this.#reportFailure(error));
    } catch (error) {
      this.#reportFailure(error);
      return undefined;
    }
  }

  async #drainBacklog(first: Promise<void>, rest: string[]): Promise<void> {
    await first;
    for (let index = 0; index < rest.length; index++) await this.#handle(rest[index] ?? "");
    this.#backlog = undefined;
    if (rest.length >= MAX_BACKLOG_MESSAGES) this.connection.resume();
  }

  #reportFailure(error: unknown): void {
    const { connection } = this;
    const about = { err: error, socketId: connection.id, appId: connection.app.id };
    this.#context.logger.error(about, "message handler failed");
    connection.send(errorFrame({ code: null, message: "Internal error" }));
  }
}
