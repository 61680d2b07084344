import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import type { Transaction } from "@mgs/db/client";
import { requireMasterOf } from "../permissions";
import { type LockedPerson, lockPerson } from "./people.repository";

/**
 * Finds a person for a change by an actor who may manage people.
 * @throws AppError USER_NOT_FOUND; FORBIDDEN where they hold rights that the actor has not
 */
export async function lockManagedPerson(tx: Transaction, actor: Actor, userId: number): Promise<LockedPerson> {
  const person = await lockPerson(tx, userId);
  if (!person) throw new AppError("USER_NOT_FOUND");
  requireMasterOf(actor, person);
  return person;
}
