import { describe, expect, test } from "vitest";
import { DOSSIER_STATES, findStep, OPEN_STATES, STEPS, stepsFrom } from "./states";

describe("steps of a dossier", () => {
  test("lead from every state on, and from the first to every other", () => {
    for (const state of DOSSIER_STATES) expect(stepsFrom(state).length).toBeGreaterThan(0);
    const reached = new Set(["nouveau"]);
    for (const _ of DOSSIER_STATES) {
      for (const { from, to } of STEPS) if (from.some((state) => reached.has(state))) reached.add(to);
    }
    expect([...reached].sort()).toEqual([...DOSSIER_STATES].sort());
  });

  test("are one between two states at most", () => {
    for (const from of DOSSIER_STATES) {
      for (const to of DOSSIER_STATES)
        expect(STEPS.filter((step) => step.to === to && step.from.includes(from)).length).toBeLessThanOrEqual(1);
    }
  });

  test("decide with a reason, and never close what is undecided", () => {
    for (const step of STEPS.filter(({ isDecision }) => isDecision)) expect(step.needsReason).toBe(true);
    for (const state of OPEN_STATES) expect(findStep(state, "cloture")).toBeUndefined();
  });
});
