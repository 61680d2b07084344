import { type DossierState, findStep } from "@mgs/dossiers/contract/states";
import { APPROVAL_REASONS, REJECTION_REASONS, REOPENING_REASONS, WAITING_REASONS } from "./dossier-types";
import { officeTime } from "./office-time";
import type { Random } from "./random";
import { DECIDERS } from "./staff";
import { type DemoChange, demoId, type Story } from "./story";

type Moved = { state: DossierState; since: Date; reason: string; changes: DemoChange[] };
type Next = { to: DossierState; days: number; reason: string };

/** A dossier takes so many steps at most. */
const MAX_STEPS = 8;
/** So many are left alone on their way: they are what is overdue. */
const FORGOTTEN_SHARE = 0.08;

/** Moves a dossier from state to state until today, by steps of the product's own table. */
export function planSteps(
  story: Story,
  random: Random,
  {
    id,
    createdAt,
    worker,
    now,
    dueWorkingDays,
  }: { id: number; createdAt: Date; worker: number; now: Date; dueWorkingDays: number },
): Moved {
  const moved: Moved = { state: "nouveau", since: createdAt, reason: "", changes: [] };
  const forgottenAfter = random.chance(FORGOTTEN_SHARE) ? random.int(1, 3) : MAX_STEPS;
  for (let taken = 0; taken < forgottenAfter; taken++) {
    const next = nextStep(random, moved.state, dueWorkingDays, taken);
    if (next === null) break;
    const at = officeTime(random, moved.since, next.days);
    // Two steps on one morning could stand in the wrong order.
    if (at >= now || at <= moved.since) break;
    const step = findStep(moved.state, next.to);
    if (!step) throw new Error(`there is no step from ${moved.state} to ${next.to}`);
    const userId = step.isDecision ? random.pick(DECIDERS) : worker;
    const details = next.reason === "" ? {} : { reason: next.reason };
    moved.changes.push({ at, userId, op: step.name, fields: { state: [moved.state, next.to] }, details });
    if (step.isDecision) {
      const decision = { id: demoId(`decision ${taken} of ${id}`, at), dossierId: id, outcome: next.to };
      story.decisions.push({ ...decision, reason: next.reason, decidedBy: userId, decidedAt: at });
    }
    if (step.name === "rouvrir")
      for (const decision of story.decisions) if (decision.dossierId === id) decision.reopenedAt ??= at;
    Object.assign(moved, { state: next.to, since: at, reason: next.reason });
  }
  return moved;
}

function nextStep(random: Random, state: DossierState, dueWorkingDays: number, taken: number): Next | null {
  switch (state) {
    case "nouveau":
      return { to: "en_cours", days: random.int(1, 4), reason: "" };
    case "en_cours":
      if (taken < 4 && random.chance(0.35))
        return { to: "en_attente", days: random.int(1, 5), reason: random.pick(WAITING_REASONS) };
      return decide(random, random.int(2, Math.ceil(dueWorkingDays * 1.3) + 2));
    case "en_attente":
      if (random.chance(0.2)) return decide(random, random.int(4, 20));
      return { to: "en_cours", days: random.int(3, 14), reason: "" };
    case "valide":
    case "rejete":
      if (random.chance(0.05))
        return { to: "en_cours", days: random.int(3, 20), reason: random.pick(REOPENING_REASONS) };
      return { to: "cloture", days: random.int(2, 25), reason: "" };
    case "cloture":
      return null;
  }
}

function decide(random: Random, days: number): Next {
  return random.chance(0.78)
    ? { to: "valide", days, reason: random.pick(APPROVAL_REASONS) }
    : { to: "rejete", days, reason: random.pick(REJECTION_REASONS) };
}
