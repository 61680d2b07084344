import type { Actor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import type { Locale } from "@mgs/core/locale";
import { isUserId } from "@mgs/core/user-id";
import type { Database, Transaction } from "@mgs/db/client";
import { readNumber } from "@mgs/records/changes/changes.repository";
import type { DossierDto } from "../contract/dossier";
import { DOSSIER_PORTAL, type DossierDeps, todayOf } from "../deps";
import { findNames, toDossier } from "../dossier-dto";
import { type DossierRow, findDossierRow } from "../dossiers.repository";

/** A dossier as its page and the API show it. @throws AppError DOSSIER_NOT_FOUND, also for one that the actor does not see */
export async function getDossier(deps: DossierDeps, actor: Actor, id: number): Promise<DossierDto> {
  // The number of a dossier has the range of a person's.
  if (!isUserId(id)) throw new AppError("DOSSIER_NOT_FOUND");
  // The version first: with the other order an edit could claim to know a change that it was made without.
  const version = await readNumber(deps.database, "dossier", String(id));
  const row = await findDossierRow(deps.database, actor, id);
  if (!row) throw new AppError("DOSSIER_NOT_FOUND");
  return readDossier(deps.database, deps, actor.kind === "user" ? actor.locale : "fr", row, version);
}

/** Adds to a row what its page shows besides. @param version read before the row */
export async function readDossier(
  database: Database | Transaction,
  deps: Pick<DossierDeps, "clock" | "portalUrls">,
  locale: Locale,
  row: DossierRow,
  version: number,
): Promise<DossierDto> {
  const names = await findNames(database, [row]);
  const reading = { locale, names, today: todayOf(deps.clock), origin: deps.portalUrls[DOSSIER_PORTAL] };
  return toDossier(row, reading, version);
}
