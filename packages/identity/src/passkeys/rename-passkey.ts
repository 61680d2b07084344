import { type Actor, refuseWhileImpersonating, requireUser } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { UUID_PATTERN } from "@mgs/core/ids";
import { validate } from "@mgs/core/validate";
import type { Database } from "@mgs/db/client";
import { passkeyNameInput } from "./passkey-rule";
import { updatePasskeyName } from "./passkeys.repository";

/** Gives an own passkey another name. @throws AppError FORBIDDEN, NOT_FOUND, VALIDATION_ERROR */
export async function renamePasskey(
  deps: { database: Database },
  actor: Actor,
  input: { id: string; name: string },
): Promise<void> {
  refuseWhileImpersonating(actor);
  const { userId } = requireUser(actor);
  const { name } = validate(passkeyNameInput, { name: input.name });
  const { id } = input;
  const renamed = UUID_PATTERN.test(id) && (await updatePasskeyName(deps.database, { id, userId }, name));
  if (!renamed) throw new AppError("NOT_FOUND");
}
