import type { Actor, UserActor } from "@mgs/core/actor";
import { refusal } from "@mgs/identity/testing/use-staff-stage";
import { describe, expect, it } from "vitest";
import { followDossier } from "../people/follow-dossier";
import { useDossierStage } from "../testing/use-dossier-stage";
import { getDossier } from "./read-dossier";
import { takeStep } from "./take-step";

const STATES = ["nouveau", "en_cours", "en_attente", "valide", "rejete", "cloture"] as const;

/** Every step there is, written out: who may take it of those who see the dossier, and whether it needs a reason. */
const WORK = ["administrateur", "gestionnaire", "direction"];
const DECIDE = ["administrateur", "direction"];
const TABLE: Readonly<Record<string, { op: string; who: readonly string[]; needsReason: boolean }>> = {
  "nouveau > en_cours": { op: "prendre", who: WORK, needsReason: false },
  "nouveau > en_attente": { op: "attendre", who: WORK, needsReason: true },
  "en_cours > en_attente": { op: "attendre", who: WORK, needsReason: true },
  "en_attente > en_cours": { op: "reprendre", who: WORK, needsReason: false },
  "en_cours > valide": { op: "valider", who: DECIDE, needsReason: true },
  "en_attente > valide": { op: "valider", who: DECIDE, needsReason: true },
  "en_cours > rejete": { op: "rejeter", who: DECIDE, needsReason: true },
  "en_attente > rejete": { op: "rejeter", who: DECIDE, needsReason: true },
  "valide > cloture": { op: "cloturer", who: WORK, needsReason: false },
  "rejete > cloture": { op: "cloturer", who: WORK, needsReason: false },
  "valide > en_cours": { op: "rouvrir", who: DECIDE, needsReason: true },
  "rejete > en_cours": { op: "rouvrir", who: DECIDE, needsReason: true },
  "cloture > en_cours": { op: "rouvrir", who: DECIDE, needsReason: true },
};

const stage = useDossierStage();

/** A dossier, and one person of each role who sees it, a stranger and a program. */
async function openWithPeople() {
  const reader = await stage.add("Aina", "a@mgs.mg", "comptable");
  const { id } = await stage.open(reader);
  const people: Readonly<Record<string, Actor>> = {
    administrateur: stage.admin,
    gestionnaire: await stage.add("Hery", "h@mgs.mg", "gestionnaire"),
    direction: await stage.add("Miora", "m@mgs.mg", "direction"),
    // Sees it, since they opened it.
    comptable: reader,
    stranger: await stage.add("Onja", "o@mgs.mg", "comptable"),
    "a token without the scope": { ...stage.admin, scopes: ["dossiers:read"] },
    program: { kind: "client", clientId: "erp", scopes: ["dossiers:read", "dossiers:write"] },
  };
  const put = (state: string) => stage.database.dossier.update({ where: { id }, data: { state, stateReason: "" } });
  const step = (actor: Actor, from: string, to: string, reason?: string) =>
    takeStep(stage.deps(), actor, id, { from, to, reason });
  return { id, people, put, step };
}

/** What each caller gets for a step, where they give a reason. */
function expectedFor(who: string, from: string, to: string): string {
  if (who === "program") return "FORBIDDEN";
  if (who === "stranger") return "DOSSIER_NOT_FOUND";
  const row = TABLE[`${from} > ${to}`];
  if (!row) return "STEP_REFUSED";
  if (who === "a token without the scope") return "INSUFFICIENT_SCOPE";
  return row.who.includes(who) ? "done" : "FORBIDDEN";
}

describe("the states of a dossier", () => {
  it("are reached by the steps of the table alone, each by whom it names", { timeout: 60_000 }, async () => {
    const { people, put, step, id } = await openWithPeople();
    const found: string[] = [];
    const expected: string[] = [];
    for (const from of STATES) {
      for (const to of STATES) {
        for (const [who, actor] of Object.entries(people)) {
          await put(from);
          const outcome = await refusal(step(actor, from, to, "Motif"));
          const { state } = await stage.database.dossier.findUniqueOrThrow({ where: { id } });
          const wanted = expectedFor(who, from, to);
          found.push(`${who}: ${from} > ${to}: ${outcome}, then ${state}`);
          expected.push(`${who}: ${from} > ${to}: ${wanted}, then ${wanted === "done" ? to : from}`);
        }
      }
    }
    expect(found).toEqual(expected);
  });

  it("need a reason where the table says so, which is no blank; without one nothing moves and nobody hears of it", async () => {
    const { people, put, step } = await openWithPeople();
    const direction = people.direction as UserActor;
    for (const [row, { needsReason, op }] of Object.entries(TABLE)) {
      const [from = "", to = ""] = row.split(" > ");
      await put(from);
      await stage.database.outbox.deleteMany();
      const outcomes = [];
      for (const reason of [undefined, "", " ", "\u200b", "x".repeat(2_001)]) {
        await put(from);
        outcomes.push(await refusal(step(direction, from, to, reason)));
      }
      const without = needsReason ? "VALIDATION_ERROR" : "done";
      const invalid = "VALIDATION_ERROR";
      expect([row, ...outcomes]).toEqual([row, without, without, invalid, invalid, invalid]);
      const changes = await stage.database.recordChange.count({ where: { op } });
      expect([row, (await stage.database.outbox.count()) === 0]).toEqual([row, needsReason]);
      if (needsReason) expect([row, changes]).toEqual([row, 0]);
    }
  });

  it("move for the state that was seen alone: of two who act at once one is refused", async () => {
    const { people, put, step } = await openWithPeople();
    for (const row of Object.keys(TABLE)) {
      const [from = "", to = ""] = row.split(" > ");
      await put(from);
      const direction = people.direction as UserActor;
      const outcomes = await Promise.all([1, 2].map(() => refusal(step(direction, from, to, "Motif"))));
      expect([row, ...outcomes.sort()]).toEqual([row, "CONFLICT", "done"]);
    }
  });

  it("tell all who follow, with the reason of a decision, and not who decided; reopening keeps the old decision", async () => {
    const { id, people, put, step } = await openWithPeople();
    const [direction, hery, aina] = [people.direction, people.gestionnaire, people.comptable] as UserActor[];
    if (!direction || !hery || !aina) throw new Error("somebody is missing");
    await followDossier(stage.deps(), hery, id);
    await followDossier(stage.deps(), direction, id);
    for (const [decision, reason] of [
      ["valide", "Complet"],
      ["rejete", "Hors délai"],
    ] as const) {
      await put("en_cours");
      await stage.database.outbox.deleteMany();
      await step(direction, "en_cours", decision, reason);
      const notices = await stage.database.outbox.findMany({ where: { kind: "dossier.notice" } });
      expect(notices.map(({ payload }) => payload)).toEqual([
        {
          ...{ dossier_id: id, notice: "moved", by: direction.userId, state: decision, text: reason },
          user_ids: expect.toSatisfy(
            (ids: number[]) => [...ids].sort().join() === [hery.userId, aina.userId].sort().join(),
          ),
        },
      ]);
    }
    await step(direction, "rejete", "en_cours", "Recours");
    expect(await getDossier(stage.deps(), aina, id)).toMatchObject({ state: "en_cours", state_reason: "Recours" });
    const decisions = await stage.database.dossierDecision.findMany({ orderBy: { id: "asc" } });
    expect(decisions.map(({ outcome, reason, reopenedAt }) => [outcome, reason, reopenedAt !== null])).toEqual([
      ["valide", "Complet", true],
      ["rejete", "Hors délai", true],
    ]);
    const history = await stage.database.recordChange.findMany({ where: { op: { in: ["valider", "rejeter"] } } });
    expect(history.map(({ op, details }) => [op, details])).toEqual([
      ["valider", { reason: "Complet" }],
      ["rejeter", { reason: "Hors délai" }],
    ]);
    await step(direction, "en_cours", "valide", "Complété");
    const last = await stage.database.dossierDecision.findMany({ where: { reopenedAt: null } });
    expect(last.map(({ reason }) => reason)).toEqual(["Complété"]);
  });
});
