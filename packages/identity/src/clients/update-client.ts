import { isDeepStrictEqual } from "node:util";
import { audit } from "@mgs/audit/audit.repository";
import { holderOf } from "@mgs/core/access-proof";
import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { validate } from "@mgs/core/validate";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import { z } from "zod";
import { socketsClosed } from "../outbox-kinds";
import { requirePermission } from "../permissions";
import { requireFreshProof } from "../proofs/require-fresh-proof";
import type { SessionEndDeps } from "../sessions/end-session";
import { type EditableClient, saveClient } from "./client-admin.repository";
import { checkClientShape, clientFields } from "./client-fields";
import type { ClientRow } from "./clients.repository";
import { requireOutsideClient } from "./require-outside-client";

export type UpdateClientInput = {
  clientId: string;
  /** The version that the edit began with. */
  version: number;
  name: string;
  redirectUris: readonly string[];
  postLogoutRedirectUris: readonly string[];
  backchannelLogoutUri: string | null;
  scopes: readonly string[];
  pkceExempt: boolean;
};

/**
 * Changes a client; the running provider works with it from the next request on. Tokens end when a scope is taken from it: they
 * would go on opening what the client may no longer ask for.
 * @returns the names of the fields that have changed
 * @throws AppError PROOF_REQUIRED, FORBIDDEN, CLIENT_NOT_FOUND, VALIDATION_ERROR; PORTAL_CLIENT for a portal's own; CONFLICT when it has been
 * edited since `version`, or revoked
 */
export async function updateClient(
  deps: SessionEndDeps,
  actor: Actor,
  { clientId, version, ...input }: UpdateClientInput,
): Promise<{ changed: string[] }> {
  requirePermission(actor, "clients.manage");
  await requireFreshProof(deps, actor);
  const client = await requireOutsideClient(deps.database, clientId);
  const edited = parseEdit(client, input);
  if (client.revokedAt !== null || client.version !== version) throw new AppError("CONFLICT");
  const names = Object.keys(edited) as (keyof EditableClient)[];
  const changed = names.filter((name) => !isDeepStrictEqual(edited[name], client[name]));
  if (changed.length === 0) return { changed };
  const losesScope = client.scopes.some((scope) => !edited.scopes.includes(scope));
  const refs = await deps.database.$transaction(async (tx) => {
    if (!(await saveClient(tx, { id: clientId, version }, edited))) throw new AppError("CONFLICT");
    await audit(tx, {
      actor,
      action: "client.changed",
      subject: clientId,
      details: { name: edited.name, before: pick(client, changed), after: pick(edited, changed) },
    });
    if (!losesScope) return [];
    for (const hook of deps.identityHooks) await hook.onClientTokensEnd?.(tx, clientId);
    return insertOutbox(tx, [socketsClosed.row({ payload: { holders: [holderOf.client(clientId)] } })]);
  });
  await deps.enqueuer.enqueue(refs);
  return { changed };
}

function parseEdit(client: ClientRow, input: Omit<UpdateClientInput, "clientId" | "version">): EditableClient {
  const { backchannelLogoutUri: logout } = client;
  const registered = [...client.redirectUris, ...client.postLogoutRedirectUris, ...(logout === null ? [] : [logout])];
  const schema = z.object({ ...clientFields(new Set(registered)), machine: z.boolean() }).check(checkClientShape);
  const { machine: _machine, ...edited } = validate(schema, { ...input, machine: client.machine });
  return edited;
}

function pick(client: EditableClient, names: readonly (keyof EditableClient)[]) {
  return Object.fromEntries(names.map((name) => [name, client[name]]));
}
