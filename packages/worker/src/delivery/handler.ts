import type { Logger } from "@mgs/core/logger";
import type { OutboxKind, OutboxPayload } from "@mgs/jobs/contracts";
import type { Delivery } from "@mgs/notifications/notifications.repository";
import type { WorkerDeps } from "../deps";

/** One attempt at one outbox row. */
export type Attempt<K extends OutboxKind> = {
  /** The row's id: the same in every attempt, so what a transport may know a repetition by. */
  id: string;
  payload: OutboxPayload<K>;
  notificationId: string | null;
  /** That notification as it was when the row was claimed; null when it is gone for good. */
  notification: Delivery | null;
  /** Names the row, its kind, the attempt and the request it came from. */
  logger: Logger;
};

/**
 * Does what a row asks for; the row is sent when it returns. It may run twice for one row, after a crash.
 * @throws PermanentFailure when another attempt is pointless, any other error for another attempt
 */
export type Handler<K extends OutboxKind> = (deps: WorkerDeps, attempt: Attempt<K>) => Promise<void>;

export type Handlers = { [K in OutboxKind]: Handler<K> };

/** The row becomes a dead letter at once. */
export class PermanentFailure extends Error {
  override readonly name = "PermanentFailure";
}

/** The other side asks for `seconds` of patience. */
export class Postponed extends Error {
  override readonly name = "Postponed";
  readonly seconds: number;

  constructor(message: string, seconds: number) {
    super(message);
    this.seconds = seconds;
  }
}
