import { AppError } from "@mgs/core/errors";

/**
 * Requires that an administrator who can sign in is left without this person.
 * @param administrators ids of those who can sign in, locked until the transaction ends @throws AppError LAST_ADMINISTRATOR
 */
export function requireOtherAdministrator(administrators: readonly number[], userId: number): void {
  if (administrators.length === 1 && administrators[0] === userId) throw new AppError("LAST_ADMINISTRATOR");
}
