import { AppError } from "@mgs/core/errors";

/**
 * Whether nobody else who can sign in is an administrator.
 * @param administrators ids of those who can sign in, locked until the transaction ends
 */
export const isLastAdministrator = (administrators: readonly number[], userId: number): boolean =>
  administrators.length === 1 && administrators[0] === userId;

/**
 * Requires that an administrator who can sign in is left without this person.
 * @param administrators ids of those who can sign in, locked until the transaction ends @throws AppError LAST_ADMINISTRATOR
 */
export function requireOtherAdministrator(administrators: readonly number[], userId: number): void {
  if (isLastAdministrator(administrators, userId)) throw new AppError("LAST_ADMINISTRATOR");
}
