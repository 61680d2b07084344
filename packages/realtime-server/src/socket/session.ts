import type { App } from "../apps";
import type { ServerContext } from "../context";
import { Connection } from "../hub/connection";
import { createRateWindow } from "../hub/rate-window";
import { createSocketId } from "../hub/socket-id";
import type { Transport } from "../hub/transport";
import { CloseCode } from "../protocol/close-codes";
import { connectionEstablished, errorFrame } from "../protocol/frames";
import { dispatch } from "./dispatch";
import { heard } from "./heartbeat";

/** Messages that may wait for one before them until no more are read. */
const LONG_BACKLOG = 32;

/** One admitted client, whatever carries its messages. */
export type Session = {
  readonly connection: Connection;
  /** Acts on one message. They are acted on in their order, each when the one before is done. */
  receive(text: string): void;
  /** The transport has ended. Safe to call twice. */
  ended(): void;
};

/** Enters an admitted client and greets it with its socket id. */
export function openSession(
  context: ServerContext,
  { app, transport, address }: { app: App; transport: Transport; address: string },
): Session {
  const { hub, limits, logger } = context;
  const traffic = hub.traffic(app);
  const connection = new Connection({
    id: createSocketId(),
    app,
    address,
    transport,
    outbox: context.outbox,
    traffic,
    maxUnsentBytes: limits.maxUnsentBytes,
    now: Date.now(),
  });
  hub.add(connection);
  connection.send(connectionEstablished(connection.id, Math.max(1, Math.floor(limits.activityTimeoutMs / 1000))));
  logger.debug({ socketId: connection.id, appId: app.id, address }, "connection open");

  /** What came while an earlier message is not done. */
  let backlog: string[] | undefined;

  function act(text: string): Promise<void> | undefined {
    // What a client still had on its way when it was closed no longer counts.
    if (!connection.isOpen) return undefined;
    try {
      return dispatch(connection, text, context)?.catch(failed);
    } catch (error) {
      failed(error);
      return undefined;
    }
  }

  function failed(error: unknown): void {
    logger.error({ err: error, socketId: connection.id, appId: app.id }, "message handler failed");
    connection.send(errorFrame({ code: null, message: "Internal error" }));
  }

  async function work(first: Promise<void>, rest: string[]): Promise<void> {
    await first;
    for (let index = 0; index < rest.length; index++) await act(rest[index] ?? "");
    backlog = undefined;
    if (rest.length >= LONG_BACKLOG) connection.resume();
  }

  return {
    connection,
    receive(text) {
      const now = Date.now();
      heard(connection, now);
      traffic.messagesIn++;
      traffic.bytesIn += text.length;
      connection.messageRate ??= createRateWindow();
      if (!connection.messageRate.take(now, limits.maxMessagesPerSecond)) {
        connection.close({ code: CloseCode.overCapacity, message: "Too many messages in a second" });
        return;
      }
      if (backlog !== undefined) {
        backlog.push(text);
        if (backlog.length === LONG_BACKLOG) connection.pause();
        return;
      }
      const pending = act(text);
      if (pending === undefined) return;
      backlog = [];
      void work(pending, backlog);
    },
    ended: () => hub.remove(connection),
  };
}
