import { PORTALS } from "@mgs/core/portals";
import { weighDashboard } from "../tooling/src/testing/script-weight";
import { urlOf } from "./support/instance";
import { send } from "./support/notifications";
import { ADMIN } from "./support/people";
import { expect, test } from "./support/test";

/** The aim for the scripts beyond Next and React: within the 60 kB of the shell. The palette's key is one of them, the palette is not. */
const MAX_SCRIPTS_KIB = 59;

for (const portal of PORTALS) {
  test(`scripts of ${portal}'s dashboard, with panels, menus and a toast, stay below their limit`, async ({
    signedIn,
    machine,
  }) => {
    const page = await (await signedIn(ADMIN)).newPage();
    const { opened } = await weighDashboard(page, portal, urlOf(portal), () => send(machine, ADMIN));
    expect(opened / 1_024).toBeLessThanOrEqual(MAX_SCRIPTS_KIB);
  });
}
