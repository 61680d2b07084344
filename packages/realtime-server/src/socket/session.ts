import type { App } from "../apps";
import type { ServerContext } from "../context";
import type { FrameTrace } from "../debug/frame-trace";
import { Connection } from "../hub/connection";
import { RateWindow } from "../hub/rate-window";
import { createSocketId } from "../hub/socket-id";
import type { Traffic } from "../hub/traffic";
import type { Transport } from "../hub/transport";
import { CloseCode } from "../protocol/close-codes";
import { connectionEstablished, errorFrame } from "../protocol/frames";
import { dispatch } from "./dispatch";
import { heard } from "./heartbeat";

/** Messages that may wait for one before them until no more are read. */
const LONG_BACKLOG = 32;

type Newcomer = { app: App; transport: Transport; address: string; answersPing?: boolean };

/** One admitted client, whatever carries its messages. A class, for a process has tens of thousands of them. */
export class Session {
  readonly connection: Connection;
  readonly #context: ServerContext;
  readonly #traffic: Traffic;
  readonly #trace: FrameTrace | undefined;
  /** What came while an earlier message is not done. */
  #backlog: string[] | undefined;

  /** Enters an admitted client and greets it with its socket id. */
  constructor(context: ServerContext, { app, transport, address, answersPing = true }: Newcomer) {
    const { hub, limits, logger } = context;
    this.#context = context;
    this.#traffic = hub.traffic(app);
    const id = createSocketId();
    this.#trace = context.trace?.(id, app.id);
    this.connection = new Connection({
      id,
      app,
      address,
      answersPing,
      transport: this.#trace?.outgoing(transport) ?? transport,
      outbox: context.outbox,
      traffic: this.#traffic,
      maxUnsentBytes: limits.maxUnsentBytes,
      now: Date.now(),
    });
    hub.add(this.connection);
    const activityTimeout = Math.max(1, Math.floor(limits.activityTimeoutMs / 1000));
    this.connection.send(connectionEstablished(this.connection.id, activityTimeout));
    logger.debug({ socketId: this.connection.id, appId: app.id, address }, "connection open");
  }

  /** Something that is no message came: a sign of life, and one of the messages of this second. */
  receiveOther(): void {
    this.#isWithinRate();
  }

  /** Acts on one message. They are acted on in their order, each when the one before is done. */
  receive(text: string): void {
    this.#trace?.incoming(text);
    this.#traffic.messagesIn++;
    this.#traffic.bytesIn += text.length;
    if (!this.#isWithinRate()) return;
    if (this.#backlog !== undefined) {
      this.#backlog.push(text);
      if (this.#backlog.length === LONG_BACKLOG) this.connection.pause();
      return;
    }
    const pending = this.#act(text);
    if (pending === undefined) return;
    this.#backlog = [];
    void this.#work(pending, this.#backlog);
  }

  /** A Close frame was sent or has come: the client is in no channel any more, and nobody's. Safe to call twice. */
  departed(): void {
    this.#context.hub.depart(this.connection);
  }

  /** The transport has ended. Safe to call twice. */
  ended(closeCode?: number): void {
    const { connection } = this;
    this.#context.hub.remove(connection);
    this.#context.logger.debug({ socketId: connection.id, appId: connection.app.id, closeCode }, "connection closed");
  }

  /** Closes a client that sends too much. */
  #isWithinRate(): boolean {
    const now = Date.now();
    const { connection } = this;
    heard(connection, now);
    connection.messageRate ??= new RateWindow();
    if (connection.messageRate.take(now, this.#context.limits.maxMessagesPerSecond)) return true;
    if (connection.isOpen) {
      connection.close({ code: CloseCode.overCapacity, message: "Too many messages in a second" });
    }
    return false;
  }

  #act(text: string): Promise<void> | undefined {
    // What a client still had on its way when it was closed no longer counts.
    if (!this.connection.isOpen) return undefined;
    try {
      return dispatch(this.connection, text, this.#context)?.catch((error: unknown) => this.#failed(error));
    } catch (error) {
      this.#failed(error);
      return undefined;
    }
  }

  async #work(first: Promise<void>, rest: string[]): Promise<void> {
    await first;
    for (let index = 0; index < rest.length; index++) await this.#act(rest[index] ?? "");
    this.#backlog = undefined;
    if (rest.length >= LONG_BACKLOG) this.connection.resume();
  }

  #failed(error: unknown): void {
    const { connection } = this;
    const about = { err: error, socketId: connection.id, appId: connection.app.id };
    this.#context.logger.error(about, "message handler failed");
    connection.send(errorFrame({ code: null, message: "Internal error" }));
  }
}
