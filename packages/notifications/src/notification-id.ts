import { AppError } from "@mgs/core/errors";
import { UUID_PATTERN } from "@mgs/core/ids";

/** @throws AppError NOTIFICATION_NOT_FOUND for a value that is no id */
export function parseNotificationId(input: unknown): string {
  if (typeof input !== "string" || !UUID_PATTERN.test(input)) throw new AppError("NOTIFICATION_NOT_FOUND");
  return input;
}
