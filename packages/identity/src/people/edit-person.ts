import { audit } from "@mgs/audit/audit.repository";
import type { Actor } from "@mgs/core/actor";
import type { Clock } from "@mgs/core/clock";
import { AppError } from "@mgs/core/errors";
import { LOCALES } from "@mgs/core/locale";
import { validate } from "@mgs/core/validate";
import { type Database, isUniqueViolation, type Transaction } from "@mgs/db/client";
import type { Enqueuer } from "@mgs/jobs/enqueuer";
import { insertOutbox, type OutboxRef } from "@mgs/jobs/outbox.repository";
import { z } from "zod";
import { securityNoticeRow } from "../notices/security-notice";
import { requirePermission } from "../permissions";
import { requireFreshProof } from "../proofs/require-fresh-proof";
import { differences } from "./edit-conflict";
import { lockManagedPerson } from "./lock-managed-person";
import { hasEverSignedIn, type LockedPerson, updatePerson } from "./people.repository";
import { personEmail, personName } from "./person-input";

/** Strict: a role, a password or a state that is sent along is refused, and not passed over. */
const editPersonInput = z.strictObject({
  userId: z.int(),
  /** The version that was edited. */
  version: z.coerce.number({ error: "INVALID_NUMBER" }).int(),
  name: personName,
  email: personEmail,
  locale: z.enum(LOCALES, { error: "INVALID_CHOICE" }),
});
export type EditPersonInput = z.input<typeof editPersonInput>;

/**
 * Changes a person's name, address or language. Another address takes a fresh proof, and the person hears of it by the bell, and at the
 * address of before.
 * @throws AppError FORBIDDEN, also where they hold rights that the actor has not; USER_NOT_FOUND; PROOF_REQUIRED; VALIDATION_ERROR, also for an
 *   address that is taken; EDIT_CONFLICT, naming the fields, when somebody has changed them since `version`
 */
export async function editPerson(
  deps: { database: Database; clock: Clock; enqueuer: Enqueuer },
  actor: Actor,
  input: EditPersonInput,
): Promise<{ changed: boolean }> {
  requirePermission(actor, "accounts.manage");
  const { userId, version, ...next } = validate(editPersonInput, input);
  try {
    const { changed, refs } = await deps.database.$transaction(async (tx) => {
      const person = await lockManagedPerson(tx, actor, userId);
      const before = { name: person.name, email: person.email, locale: person.locale };
      const changes = differences<typeof before>(before, next);
      if (person.version !== version) {
        throw new AppError("EDIT_CONFLICT", {
          details: changes.map((path) => ({ path, message: "CHANGED_MEANWHILE" })),
        });
      }
      if (changes.length === 0) return { changed: false, refs: [] };
      // Whoever has the address gets the links to choose a password: an open browser must not be enough to take an account over.
      if (changes.includes("email")) await requireFreshProof(deps, actor);
      // Nobody has shown yet that another address is theirs.
      await updatePerson(tx, userId, changes.includes("email") ? { ...next, emailConfirmedAt: null } : next);
      const pick = (values: typeof before) => Object.fromEntries(changes.map((key) => [key, values[key]]));
      const details = { before: pick(before), after: pick(next) };
      await audit(tx, { actor, action: "user.updated", subject: userId, details });
      return { changed: true, refs: changes.includes("email") ? await tellOldAddress(tx, deps, person) : [] };
    });
    await deps.enqueuer.enqueue(refs);
    return { changed };
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new AppError("VALIDATION_ERROR", { details: [{ path: "email", message: "ALREADY_USED" }], cause: error });
  }
}

/**
 * The mail carries "it was not me", by which its reader closes the account. So it goes only where a link that was mailed has been used: an
 * address that was typed in wrongly may be a stranger's. The bell tells whoever uses the account all the same.
 */
async function tellOldAddress(
  tx: Transaction,
  { clock }: { clock: Clock },
  { id: userId, email, emailConfirmedAt }: LockedPerson,
): Promise<OutboxRef[]> {
  const byMail = emailConfirmedAt !== null;
  if (!byMail && !(await hasEverSignedIn(tx, userId))) return [];
  const row = securityNoticeRow({ userId, notice: "email-changed", at: clock.now(), sentTo: email, byMail });
  return insertOutbox(tx, [row]);
}
