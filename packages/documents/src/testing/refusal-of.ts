import { createHash } from "node:crypto";

export const sha256 = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

/** How a call was refused: its code, and why a file was; `done` when it was not. */
export const refusalOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => "done",
    (error: { code?: string; data?: { reason?: string } }) =>
      [error.code, error.data?.reason].filter(Boolean).join(" "),
  );
