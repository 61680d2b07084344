import type { Logger } from "@mgs/core/logger";

/** One attempt at one outbox row, as its handler receives it. */
export type Attempt<Payload = unknown> = {
  /** The row's id. Every attempt has the same, so a transport can recognize a repetition by it. */
  id: string;
  payload: Payload;
  notificationId: string | null;
  /** The claimed row with the columns that modules read beside it (`claimReading`). */
  row: Readonly<Record<string, unknown>>;
  /** Names the row, its kind, the attempt and the request it came from. */
  logger: Logger;
};

/** Makes the row a dead letter at once, because another attempt could not succeed. */
export class PermanentFailure extends Error {
  override readonly name = "PermanentFailure";
}

/** Delays the next attempt by `delaySeconds` at least, as the other side asks (`Retry-After`). */
export class Postponed extends Error {
  override readonly name = "Postponed";
  readonly delaySeconds: number;

  constructor(message: string, delaySeconds: number) {
    super(message);
    this.delaySeconds = delaySeconds;
  }
}
