import type { CloseReason } from "../protocol/close-codes";
import type { Frame } from "../protocol/frame";

/** Carries frames to one client: a WebSocket, or a session of the HTTP fallback. */
export type Transport = {
  /** False from the moment a close began, by either side. */
  readonly isOpen: boolean;
  /** Bytes that were written and that the client has not read yet. */
  readonly unsentBytes: number;
  /** Writes frames in this order, all of them. */
  write(frames: readonly Frame[]): void;
  /** Sends the code and ends the connection; frames that were written before arrive before it. */
  close(reason: CloseReason): void;
  /** Stops reading from the client until `resume`. */
  pause(): void;
  resume(): void;
  /** Ends the connection without a close frame. */
  terminate(): void;
};
