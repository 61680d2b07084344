import type { CloseReason } from "../protocol/close-codes";
import type { Frame } from "../protocol/frame";

/** How one client is reached: a WebSocket, or a session of the HTTP fallback. */
export type Transport = {
  /** False from the moment a close began, by either side. */
  readonly isOpen: boolean;
  /** Bytes that were written and that the client has not taken yet. */
  readonly unsentBytes: number;
  /** Writes frames in this order, all of them. */
  write(frames: readonly Frame[]): void;
  /** Tells the client the code and ends in order; what was written before arrives before. */
  close(reason: CloseReason): void;
  /** Stops reading what the client sends, for a while. */
  pause(): void;
  resume(): void;
  /** Ends without a word. */
  terminate(): void;
};
