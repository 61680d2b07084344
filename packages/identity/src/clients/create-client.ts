import { audit } from "@mgs/audit/audit.repository";
import { type Actor, actorKey } from "@mgs/core/actor";
import type { Clock } from "@mgs/core/clock";
import { sha256 } from "@mgs/core/crypto";
import { deriveUuidv7, randomToken, uuidv7 } from "@mgs/core/ids";
import { SCOPES } from "@mgs/core/scopes";
import { validate } from "@mgs/core/validate";
import type { Database } from "@mgs/db/client";
import { z } from "zod";
import { requirePermission } from "../permissions";
import { requireFreshProof } from "../proofs/require-fresh-proof";
import { findAnyClient, setSecretHash } from "./client-admin.repository";
import { checkClientShape, clientFields } from "./client-fields";
import { insertClient } from "./clients.repository";

const createClientInput = z
  .object({
    ...clientFields(),
    /** A program that signs in by client credentials. */
    machine: z.boolean().default(false),
  })
  .check(checkClientShape);
export type CreateClientInput = z.input<typeof createClientInput>;

/**
 * Registers an OAuth client. The secret is returned once and kept as a hash.
 * @throws AppError PROOF_REQUIRED, FORBIDDEN unless an administrator or the command line asks; VALIDATION_ERROR
 */
export async function createClient(
  deps: { database: Database; clock: Clock },
  actor: Actor,
  input: CreateClientInput,
  /** The same in each repetition of a request whose answer, and so the secret, may have been lost: it makes one client. */
  { idempotencyKey }: { idempotencyKey?: string } = {},
): Promise<{
  client_id: string;
  client_secret: string;
  name: string;
  redirect_uris: string[];
  scopes: string[];
  machine: boolean;
  pkce_exempt: boolean;
}> {
  requirePermission(actor, "clients.manage");
  await requireFreshProof(deps, actor);
  const { scopes: asked, ...given } = validate(createClientInput, input);
  const { name, machine, pkceExempt, redirectUris } = given;
  // A web application may ask for everything, since people consent; a program gets what is named.
  const scopes = asked.length > 0 || machine ? asked : [...SCOPES];
  const id = idempotencyKey === undefined ? uuidv7() : deriveUuidv7(`client\n${actorKey(actor)}\n${idempotencyKey}`, 0);
  const secret = randomToken();
  const secretHash = sha256(secret);
  await deps.database.$transaction(async (tx) => {
    if (idempotencyKey !== undefined && (await findAnyClient(tx, id))) {
      await setSecretHash(tx, id, { secretHash, previousUntil: null, key: null });
      await audit(tx, { actor, action: "client.secret-rotated", subject: id, details: { name } });
      return;
    }
    await insertClient(tx, { ...given, id, scopes, secretHash, firstParty: false });
    await audit(tx, {
      actor,
      action: "client.created",
      subject: id,
      details: { ...given, scopes },
    });
  });
  return {
    client_id: id,
    client_secret: secret,
    name,
    redirect_uris: redirectUris,
    scopes,
    machine,
    pkce_exempt: pkceExempt,
  };
}
