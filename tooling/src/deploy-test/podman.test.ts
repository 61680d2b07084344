import { expect, test } from "vitest";
import { runRoot } from "./podman";

/** Of podman's check: "the specified runroot is longer than 50 characters". */
const MAX_RUN_ROOT_CHARACTERS = 50;

test("a clone in a deep folder has a short run root of its own that podman accepts", () => {
  const deep = `/home/somebody/${"projects/".repeat(12)}mgs/.data/deploy-test/containers`;
  expect(runRoot(deep).length).toBeLessThanOrEqual(MAX_RUN_ROOT_CHARACTERS);
  expect(runRoot(deep)).toBe(runRoot(deep));
  expect(runRoot(`${deep}2`)).not.toBe(runRoot(deep));
});
