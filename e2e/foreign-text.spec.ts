import type { Locator } from "@playwright/test";
import { createPerson } from "./support/cli";
import { openLive, row } from "./support/inbox";
import { urlOf } from "./support/instance";
import { mailTo } from "./support/mailbox";
import { send, uniqueTitre } from "./support/notifications";
import { expect, test } from "./support/test";

/** Right-to-left override: it reverses the rest of its paragraph, unless it is isolated. */
const RLO = "\u202e";

/** Expects that the first letter of a word is to the left of its last one. */
async function expectUpright(element: Locator, word: string): Promise<void> {
  await expect(element).toContainText(word);
  const lefts = await element.evaluate((root, wanted) => {
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const start = node.textContent?.indexOf(wanted) ?? -1;
      if (start < 0) continue;
      return [0, wanted.length - 1].map((at) => {
        const letter = document.createRange();
        letter.setStart(node, start + at);
        letter.setEnd(node, start + at + 1);
        return letter.getBoundingClientRect().left;
      });
    }
    return [];
  }, word);
  const [first = Number.NaN, last = Number.NaN] = lefts;
  expect(last, `"${word}" reads from left to right`).toBeGreaterThan(first);
}

test("a titre and a name with bidirectional control characters do not change the text around them", async ({
  signedIn,
  machine,
}) => {
  const who = await createPerson(`Rija Andria${RLO}`, "commercial");
  const page = await (await signedIn(who, { own: true })).newPage();
  await openLive(page, `${urlOf("commercial")}/dashboard`);
  await expectUpright(page.getByTestId("online").getByRole("listitem").filter({ hasText: who.name }), "vous");

  const titre = `${uniqueTitre("Facture")}${RLO}`;
  const sent = await send(machine, who, { titre });
  await mailTo(who.email, `\u2068${titre}\u2069`);
  await page.goto(`${urlOf("commercial")}/notifications`);
  await row(page.getByRole("main"), sent.id).getByRole("button", { name: "Supprimer" }).click();
  await expectUpright(page.getByRole("dialog"), "supprimée");

  // The role has no access to Administration.
  await page.goto(`${urlOf("administration")}/dashboard`);
  await expectUpright(page.getByRole("main"), "Demandez");
});
