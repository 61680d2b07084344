import type { Sealer } from "@mgs/core/crypto";
import type { Database } from "@mgs/db/client";
import { type ClientRow, findClient } from "@mgs/identity/clients/clients.repository";
import { findUser, type User } from "@mgs/identity/users.repository";
import { findPayload } from "./payloads.repository";
import type { StoredPayload } from "./stored-payload";
import { currentUnitOfWork } from "./unit-of-work";

type Deps = { database: Database; sealer: Sealer };

// Loads of one request, each made once.

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
