import { expect, test } from "@playwright/test";
import type { Portal } from "../packages/core/src/portals";
import { bodyCases } from "./bad-input/body-cases";
import { type Case, complaintsAbout } from "./bad-input/case";
import { accessCases, methodCases } from "./bad-input/door-cases";
import { takeLedger } from "./bad-input/ledger";
import { PATH_ROUTES } from "./bad-input/routes";
import { useWorld } from "./bad-input/use-world";
import { valueCases } from "./bad-input/value-cases";

/** Bad input to every route of every app: the right refusal in the caller's language, nothing written, nothing sent. */

const theWorld = useWorld();

/** Makes every request of a list, and fails with all that was wrong together. */
async function refuseAll(portal: Portal, cases: readonly Case[]): Promise<void> {
  const world = theWorld();
  const before = await takeLedger(world);
  const complaints: string[] = [];
  for (const [index, one] of cases.entries()) complaints.push(...(await complaintsAbout(portal, one, index)));
  expect.soft(complaints).toEqual([]);
  expect(await takeLedger(world), "what is written and sent").toEqual(before);
  test.info().annotations.push({ type: "cases", description: String(cases.length) });
}

for (const route of PATH_ROUTES) {
  for (const portal of route.portals) {
    test(`${portal} ${route.path}`, async () => {
      test.setTimeout(600_000);
      const world = theWorld();
      await refuseAll(portal, [
        ...methodCases(route, world),
        ...accessCases(route, portal, world),
        ...bodyCases(route, world),
        ...valueCases(route, portal, world),
      ]);
    });
  }
}
