import { formatReference, PRIORITIES } from "@mgs/dossiers/contract/rules";
import { type DossierState, OPEN_STATES } from "@mgs/dossiers/contract/states";
import { type DemoType, REFUSED_PIECE_REASONS } from "./dossier-types";
import { dayOf, officeTime, soonAfter, toDate, workingDay } from "./office-time";
import { planOpinions } from "./plan-opinions";
import { planSteps } from "./plan-steps";
import type { Random } from "./random";
import { CASE_WORKERS, CLAIRE, OPENERS } from "./staff";
import { type DemoChange, demoId, type Story, writeHistory } from "./story";
import { COMPANY_NAMES, PERSON_NAMES, TOWNS } from "./vocabulary";

/** What other parts of the demonstration need of a dossier. */
export type DemoDossier = {
  id: number;
  title: string;
  type: DemoType;
  state: DossierState;
  createdAt: Date;
  /** When something last happened to it. */
  updatedAt: Date;
  creator: number;
  assignee: number | null;
  /** Who sees it because it is theirs, or they were asked. */
  circle: readonly number[];
};

/** Writes one dossier with its pieces, opinions, decisions and history. */
export function planDossier(
  story: Story,
  random: Random,
  {
    id,
    number,
    type,
    typeId,
    createdAt,
    now,
  }: { id: number; number: number; type: DemoType; typeId: number; createdAt: Date; now: Date },
): DemoDossier {
  const creator = random.pick(OPENERS);
  const concernedKind = random.chance(0.55) ? "entreprise" : "personne";
  const concernedName = random.pick(concernedKind === "entreprise" ? COMPANY_NAMES : PERSON_NAMES);
  const title = random.pick(type.titles).replace("{nom}", concernedName).replace("{ville}", random.pick(TOWNS));
  const worker = random.chance(0.2) ? CLAIRE : random.pick(CASE_WORKERS);
  const changes: DemoChange[] = [{ at: createdAt, userId: creator, op: "opened" }];
  const steps = planSteps(story, random, { id, createdAt, worker, now, dueWorkingDays: type.dueWorkingDays ?? 20 });
  changes.push(...steps.changes);
  // A new dossier may still lie with nobody.
  const assignee = steps.state === "nouveau" && random.chance(0.4) ? null : worker;
  const priority = random.pick([1, 2, 2, 2, 2, 2, 3, 3, 4]);
  if (random.chance(0.3) && changes.length > 1) {
    const before = PRIORITIES[priority === 2 ? 2 : 1] ?? "normale";
    const at = soonAfter(random, createdAt, 300);
    if (at < now)
      changes.push({ at, userId: worker, op: "edited", fields: { priority: [before, PRIORITIES[priority - 1]] } });
  }
  changes.push(...planPieces(story, random, { id, type, createdAt, state: steps.state, worker, now }));
  const opinions = planOpinions(story, random, { id, createdAt, state: steps.state, worker, now });
  changes.push(...opinions.changes);
  const dueOn = type.dueWorkingDays === null ? null : workingDay(dayOf(createdAt), type.dueWorkingDays);
  const told = dueOn === null ? null : toDate(dueOn);
  const isOpen = OPEN_STATES.some((state) => state === steps.state);
  const updatedAt = new Date(Math.max(...changes.map(({ at }) => at.getTime())));
  story.dossiers.push({
    ...{ id, reference: formatReference(Number(dayOf(createdAt).slice(0, 4)), number), title, typeId },
    ...{ description: random.pick(type.descriptions), state: steps.state, stateSince: steps.since },
    ...{ stateReason: steps.reason, priority, concernedKind, concernedName, assigneeId: assignee, createdBy: creator },
    concernedContact: `+261 ${random.pick(["32", "33", "34", "38"])} ${random.int(10, 99)} ${random.int(100, 999)} ${random.int(10, 99)}`,
    ...{ dueOn: told, tags: random.some(type.tags, random.int(0, 2)), custom: type.values(random) as object },
    ...{ createdAt, updatedAt },
    // Nobody's mailbox is filled with what was late long ago: it counts as told.
    warnedFor: isOpen ? told : null,
    escalatedFor: told !== null && told < now ? told : null,
  });
  story.people.push({ dossierId: id, userId: creator, reason: "creator", since: createdAt });
  story.people.push({ dossierId: id, userId: creator, reason: "follower", since: createdAt });
  if (assignee !== null) story.people.push({ dossierId: id, userId: assignee, reason: "assignee", since: createdAt });
  for (const userId of random.some(CASE_WORKERS, random.int(0, 2)))
    story.people.push({ dossierId: id, userId, reason: "follower", since: createdAt });
  for (const userId of opinions.asked) story.people.push({ dossierId: id, userId, reason: "asked", since: createdAt });
  writeHistory(story, { type: "dossier", id: String(id) }, changes);
  const circle = [...new Set([creator, ...(assignee === null ? [] : [assignee]), ...opinions.asked])];
  return { ...{ id, title, type, state: steps.state, createdAt, updatedAt, creator, assignee, circle } };
}

/** The checklist: all received where a decision was taken, else as far as people have come. */
function planPieces(
  story: Story,
  random: Random,
  {
    id,
    type,
    createdAt,
    state,
    worker,
    now,
  }: { id: number; type: DemoType; createdAt: Date; state: DossierState; worker: number; now: Date },
): DemoChange[] {
  const share = { nouveau: 0.1, en_cours: 0.5, en_attente: 0.6, valide: 1, rejete: 0.7, cloture: 1 }[state];
  return type.pieces.flatMap(({ name, required }, index) => {
    const pieceId = demoId(`piece ${index} of ${id}`, createdAt);
    const row = { id: pieceId, dossierId: id, position: index, name, required };
    const at = officeTime(random, createdAt, random.int(1, 6));
    if (!random.chance(share) || at >= now) {
      story.pieces.push({ ...row, state: "asked", changedAt: createdAt });
      return [];
    }
    const isRefused = state !== "valide" && state !== "cloture" && random.chance(0.15);
    const reason = isRefused ? random.pick(REFUSED_PIECE_REASONS) : "";
    const pieceState = isRefused ? "refused" : "received";
    story.pieces.push({ ...row, state: pieceState, reason, changedAt: at });
    const details = { piece_id: pieceId, name, state: pieceState, ...(isRefused ? { reason } : {}) };
    return [{ at, userId: worker, op: `piece-${pieceState}`, details }];
  });
}
