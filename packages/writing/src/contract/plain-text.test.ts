import { expect, test } from "vitest";
import { plainText } from "./plain-text";

test("a glimpse of a text has its words and none of its marks", () => {
  expect(
    plainText("Oui, tout est **ici** :\n- le *permis*\n- `commune`\n\n> voir [le plan](https://mgs.mg/plan)"),
  ).toBe("Oui, tout est ici : le permis commune voir le plan");
});

test("what is no mark stays, and so does a link's own address", () => {
  expect(plainText("2 * 3 = 6, **sans fin  https://mgs.mg/a_b")).toBe("2 * 3 = 6, **sans fin https://mgs.mg/a_b");
});
