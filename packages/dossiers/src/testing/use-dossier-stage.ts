import type { UserActor } from "@mgs/core/actor";
import type { Database } from "@mgs/db/client";
import { useStaffStage } from "@mgs/identity/testing/use-staff-stage";
import { afterEach, beforeEach } from "vitest";
import type { DossierDto } from "../contract/dossier";
import type { DossierDeps } from "../deps";
import { openDossier } from "../record/open-dossier";

/** A Monday, at noon in Madagascar. */
export const NOON = new Date("2026-11-30T09:00:00Z");

/** Staff, and one type of dossiers; before each test no dossier is there, and it is {@link NOON}. */
export function useDossierStage() {
  const staff = useStaffStage();
  let typeId = 0;
  let now = NOON;
  const clear = async () => {
    const { database } = staff;
    await database.seance.deleteMany();
    await database.dossier.deleteMany();
    await database.dossierType.deleteMany();
    await database.$executeRaw`TRUNCATE dossier_numbers, record_changes, change_heads, record_keys`;
  };
  beforeEach(async () => {
    now = NOON;
    await clear();
    const type = await staff.database.dossierType.create({
      data: {
        nameFr: "Permis de construire",
        nameEn: "Building permit",
        fields: [{ key: "surface", label: { fr: "Surface", en: "Area" }, kind: "number", required: false }],
        pieces: [{ name: "Plan", required: true }],
        dueWorkingDays: 10,
      },
    });
    typeId = type.id;
  });
  afterEach(clear);
  const deps = (): DossierDeps => ({
    ...staff.deps(),
    portal: "gestion-dossier",
    portalUrls: { administration: "http://a.test", commercial: "http://c.test", "gestion-dossier": "http://g.test" },
    clock: { now: () => now },
  });
  return {
    get database(): Database {
      return staff.database;
    },
    get admin(): UserActor {
      return staff.admin;
    },
    get typeId(): number {
      return typeId;
    },
    deps,
    add: staff.add,
    /** Moves the clock of the use cases. */
    setNow: (time: Date) => {
      now = time;
    },
    /** Opens a dossier with what a form has at least. */
    open: async (actor: UserActor, input: Readonly<Record<string, unknown>> = {}): Promise<DossierDto> => {
      const concerned = { kind: "personne", name: "Lala Rasoa" };
      const { dossier } = await openDossier(deps(), actor, {
        ...{ title: "Permis du lot 12", type_id: typeId, concerned },
        ...input,
      });
      return dossier;
    },
  };
}
