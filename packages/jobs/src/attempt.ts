import type { Logger } from "@mgs/core/logger";

/** One attempt at one outbox row, as its handler receives it. */
export type Attempt<Payload = unknown> = {
  /** The row's id: the same in every attempt, so what a transport may know a repetition by. */
  id: string;
  payload: Payload;
  notificationId: string | null;
  /** The claimed row with the columns that modules read beside it (`claimReading`). */
  row: Readonly<Record<string, unknown>>;
  /** Names the row, its kind, the attempt and the request it came from. */
  logger: Logger;
};

/** The row becomes a dead letter at once: another attempt is pointless. */
export class PermanentFailure extends Error {
  override readonly name = "PermanentFailure";
}

/** The other side asks for a later attempt, `seconds` from now at the earliest. */
export class Postponed extends Error {
  override readonly name = "Postponed";
  readonly seconds: number;

  constructor(message: string, seconds: number) {
    super(message);
    this.seconds = seconds;
  }
}
