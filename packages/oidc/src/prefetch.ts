import type { Sealer } from "@mgs/core/crypto";
import { isStorableText } from "@mgs/core/text";
import type { Database } from "@mgs/db/client";
import { type ClientRow, findClient } from "@mgs/identity/clients/clients.repository";
import { findUser, type User } from "@mgs/identity/users.repository";
import type { KoaContextWithOIDC } from "oidc-provider";
import { endpointOf } from "./endpoints";
import { findPayload } from "./payloads.repository";
import type { Step } from "./steps/step";
import type { StoredPayload } from "./stored-payload";
import { currentUnitOfWork } from "./unit-of-work";

type Deps = { database: Database; sealer: Sealer };

// Loads of one request, each made once. The library loads one thing after the other; where the request names what the
// library will load next, the `prefetch` functions load it beside that: one wait, not two.

export async function loadClient({ database }: Deps, id: string): Promise<ClientRow | null> {
  const load = () => findClient(database, id);
  return currentUnitOfWork()?.loadOnce(`client ${id}`, load) ?? load();
}

export async function loadUser({ database }: Pick<Deps, "database">, accountId: string): Promise<User | null> {
  const id = /^[1-9]\d{0,9}$/.test(accountId) ? Number(accountId) : 0;
  if (id === 0) return null;
  const cached = currentUnitOfWork()?.findUser(id);
  if (cached) return cached;
  const load = () => findUser(database, id);
  return currentUnitOfWork()?.loadOnce(`user ${id}`, load) ?? load();
}

export async function loadPayload(
  { database, sealer }: Deps,
  model: string,
  id: string,
): Promise<StoredPayload | null> {
  const unit = currentUnitOfWork();
  const cached = unit?.find(model, id);
  if (cached !== undefined) return cached;
  const load = () => findPayload(database, sealer, model, { id });
  return unit?.loadOnce(`${model} ${id}`, load) ?? load();
}

/** Loads the client of an authorization request beside the browser's session. */
export function prefetchClient(deps: Deps): Step {
  return async (ctx, next) => {
    const id = ctx.query.client_id;
    if (typeof id === "string" && isStorableText(id)) begin(loadClient(deps, id));
    return next();
  };
}

/** Loads the code or token of a token request beside its client. */
export function prefetchToken(deps: Deps, ctx: KoaContextWithOIDC): void {
  if (endpointOf(ctx.path) !== "token") return;
  const params = ctx.oidc?.params;
  for (const [model, id] of [
    ["RefreshToken", params?.refresh_token],
    ["AuthorizationCode", params?.code],
  ] as const)
    if (typeof id === "string" && isStorableText(id)) begin(loadPayload(deps, model, id));
}

/** Loads the client and the person of an interaction that is resumed. */
export function prefetchInteraction(deps: Deps, { params, result }: StoredPayload): void {
  if (currentUnitOfWork() === undefined) return;
  if (typeof params?.client_id === "string") begin(loadClient(deps, params.client_id));
  if (result?.login?.accountId) begin(loadUser(deps, result.login.accountId));
}

/** Starts a load. A failure is reported to the caller that waits for the same load later. */
function begin(load: Promise<unknown>): void {
  load.catch(() => undefined);
}
