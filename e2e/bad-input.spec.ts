import { expect, test } from "@playwright/test";
import type { Portal } from "../packages/core/src/portals";
import { accessCases, methodCases } from "./bad-input/access-cases";
import { bodyCases } from "./bad-input/body-cases";
import { type Case, findFaults } from "./bad-input/case";
import { PATH_ROUTES } from "./bad-input/routes";
import { countRows } from "./bad-input/row-counts";
import { useWorld } from "./bad-input/use-world";
import { valueCases } from "./bad-input/value-cases";

/** Sends bad input to every route of every app, and expects the right refusal in the caller's language, no write and no message. */

const getWorld = useWorld();

/** Makes every request of a list, and fails with all wrong answers together. */
async function refuseAll(portal: Portal, cases: readonly Case[]): Promise<void> {
  const world = getWorld();
  const before = await countRows(world);
  const faults: string[] = [];
  for (const [index, one] of cases.entries()) faults.push(...(await findFaults(portal, one, index)));
  expect.soft(faults).toEqual([]);
  expect(await countRows(world), "what is written and sent").toEqual(before);
  test.info().annotations.push({ type: "cases", description: String(cases.length) });
}

for (const route of PATH_ROUTES) {
  for (const portal of route.portals) {
    test(`${portal} ${route.path}`, async () => {
      test.setTimeout(600_000);
      const world = getWorld();
      await refuseAll(portal, [
        ...methodCases(route, world),
        ...accessCases(route, portal, world),
        ...bodyCases(route, world),
        ...valueCases(route, portal, world),
      ]);
    });
  }
}
