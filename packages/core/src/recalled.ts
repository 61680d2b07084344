/**
 * What an actor rests on who was not looked up by this call but is remembered from one moments ago. Whoever acts for that
 * actor has it checked by the very statement that acts, or calls `confirm` before anything is answered.
 */
export type Recalled = {
  /** Names the token in `live_bearers`. */
  idHash: string;
  /** Looks the token up now. @throws AppError UNAUTHENTICATED when it no longer holds */
  confirm(): Promise<void>;
};
