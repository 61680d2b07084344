import type { Sealer } from "@mgs/core/crypto";
import { isStorableText } from "@mgs/core/text";
import type { Database } from "@mgs/db/client";
import { type ClientRow, findClient } from "@mgs/identity/clients/clients.repository";
import { findUser, type User } from "@mgs/identity/users.repository";
import type { KoaContextWithOIDC } from "oidc-provider";
import { findPayload } from "./payloads.repository";
import type { StoredPayload } from "./stored-payload";
import { currentTurn } from "./turn";

type Deps = { database: Database; sealer: Sealer };

// The library asks for one thing after the other. What it will ask for next is asked for beside it: one wait, not two.

export async function clientOnce({ database }: Deps, id: string): Promise<ClientRow | null> {
  const ask = () => findClient(database, id);
  return currentTurn()?.once(`client ${id}`, ask) ?? ask();
}

export async function userOnce({ database }: Pick<Deps, "database">, accountId: string): Promise<User | null> {
  const id = /^[1-9]\d{0,9}$/.test(accountId) ? Number(accountId) : 0;
  if (id === 0) return null;
  const known = currentTurn()?.user(id);
  if (known) return known;
  const ask = () => findUser(database, id);
  return currentTurn()?.once(`user ${id}`, ask) ?? ask();
}

export async function payloadOnce(
  { database, sealer }: Deps,
  model: string,
  id: string,
): Promise<StoredPayload | null> {
  const turn = currentTurn();
  const known = turn?.find(model, id);
  if (known !== undefined) return known;
  const ask = () => findPayload(database, sealer, model, { id });
  return turn?.once(`${model} ${id}`, ask) ?? ask();
}

/** An authorization asks for the browser's session first, and for its client then. */
export function askAheadOfSession(deps: Deps, { path, query }: KoaContextWithOIDC): void {
  const id = query.client_id;
  if (path === "/oauth/authorize" && typeof id === "string" && isStorableText(id)) begin(clientOnce(deps, id));
}

/** The token endpoint asks for the client first, and for the code or the token then. */
export function askAheadOfClient(deps: Deps, ctx: KoaContextWithOIDC): void {
  const params = ctx.oidc?.params;
  if (ctx.path !== "/oauth/token") return;
  for (const [model, id] of [
    ["RefreshToken", params?.refresh_token],
    ["AuthorizationCode", params?.code],
  ] as const)
    if (typeof id === "string" && isStorableText(id)) begin(payloadOnce(deps, model, id));
}

/** A request that goes on after the form asks for its interaction first, then for the client and for who signed in. */
export function askAheadOfInteraction(deps: Deps, { params, result }: StoredPayload): void {
  if (currentTurn() === undefined) return;
  if (typeof params?.client_id === "string") begin(clientOnce(deps, params.client_id));
  if (result?.login?.accountId) begin(userOnce(deps, result.login.accountId));
}

/** Whoever needs it waits for it, and hears of its failure. */
function begin(asked: Promise<unknown>): void {
  asked.catch(() => undefined);
}
