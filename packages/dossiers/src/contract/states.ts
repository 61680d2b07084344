/** States of a dossier, in the order in which people work. */
export const DOSSIER_STATES = ["nouveau", "en_cours", "en_attente", "valide", "rejete", "cloture"] as const;
export type DossierState = (typeof DOSSIER_STATES)[number];

/** States in which somebody has work to do: due times run. */
export const OPEN_STATES = ["nouveau", "en_cours", "en_attente"] as const satisfies readonly DossierState[];

/** What a decision can be. */
export const OUTCOMES = ["valide", "rejete"] as const satisfies readonly DossierState[];
export type Outcome = (typeof OUTCOMES)[number];

/** What a step of a dossier takes. */
export type Step = {
  name: StepName;
  from: readonly DossierState[];
  to: DossierState;
  /** The permission on that dossier. */
  action: "dossiers.work" | "dossiers.decide" | "dossiers.reopen";
  /** Whether its reason is required. Who follows the dossier reads it. */
  needsReason: boolean;
  /** It is a decision: it stays in the history when the dossier is opened again. */
  isDecision?: true;
};

export const STEP_NAMES = ["prendre", "attendre", "reprendre", "valider", "rejeter", "cloturer", "rouvrir"] as const;
export type StepName = (typeof STEP_NAMES)[number];

/** Every step that there is: no other changes a state. */
export const STEPS: readonly Step[] = [
  { name: "prendre", from: ["nouveau"], to: "en_cours", action: "dossiers.work", needsReason: false },
  { name: "attendre", from: ["nouveau", "en_cours"], to: "en_attente", action: "dossiers.work", needsReason: true },
  { name: "reprendre", from: ["en_attente"], to: "en_cours", action: "dossiers.work", needsReason: false },
  {
    ...{ name: "valider", from: ["en_cours", "en_attente"], to: "valide" },
    ...{ action: "dossiers.decide", needsReason: true, isDecision: true },
  },
  {
    ...{ name: "rejeter", from: ["en_cours", "en_attente"], to: "rejete" },
    ...{ action: "dossiers.decide", needsReason: true, isDecision: true },
  },
  { name: "cloturer", from: ["valide", "rejete"], to: "cloture", action: "dossiers.work", needsReason: false },
  {
    ...{ name: "rouvrir", from: ["valide", "rejete", "cloture"], to: "en_cours" },
    ...{ action: "dossiers.reopen", needsReason: true },
  },
];

/** The step from one state to another; undefined when there is none. */
export function findStep(from: DossierState, to: DossierState): Step | undefined {
  return STEPS.find((step) => step.to === to && step.from.includes(from));
}

/** The steps that lead out of a state. */
export function stepsFrom(state: DossierState): readonly Step[] {
  return STEPS.filter(({ from }) => from.includes(state));
}
