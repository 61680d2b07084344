import type { Locator, Page } from "@playwright/test";
import { query } from "./forms/scene";
import { createPerson } from "./support/cli";
import { openLive, row } from "./support/inbox";
import { urlOf } from "./support/instance";
import { mailTo } from "./support/mailbox";
import { send, uniqueTitre } from "./support/notifications";
import { ADMIN } from "./support/people";
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

/** As long as a titre may be nearly, without a place to break it. */
const LONG_WORD = "x".repeat(150);
const WIDTHS_PX = [1_280, 1_920];

/** Expects that nothing is wider than the window, and that the words of everyday still stand whole in their cells. */
async function expectWithin(page: Page, everyday: Locator[] = []): Promise<void> {
  for (const width of WIDTHS_PX) {
    await page.setViewportSize({ width, height: 900 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect.soft(overflow, `pixels that ${page.url()} scrolls sideways at ${width} px`).toBeLessThanOrEqual(0);
    for (const word of everyday) {
      const lines = await word.evaluate((element) => {
        const range = document.createRange();
        range.selectNodeContents(element);
        return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
      });
      expect.soft(lines, `lines of "${await word.textContent()}" at ${width} px`).toBe(1);
    }
  }
}

test("a long word breaks in the console's tables, and what stands beside it does not", async ({
  signedIn,
  machine,
}) => {
  const who = await createPerson(`Voa${LONG_WORD}`, "commercial");
  const email = `${"e".repeat(60)}.${LONG_WORD}@mgs.mg`.toLowerCase();
  await query("UPDATE users SET email = $2 WHERE id = $1", [who.id, email]);
  const sent = await send(machine, who, { titre: LONG_WORD });
  const page = await (await signedIn(ADMIN)).newPage();
  const console = `${urlOf("administration")}/console`;

  await page.goto(`${console}/personnes?search=voa`);
  const people = page.getByRole("table", { name: "Personnes" });
  await expect(people.getByRole("row").filter({ hasText: LONG_WORD }).first()).toBeVisible();
  const admin = people.getByRole("row").filter({ hasText: ADMIN.email });
  await expectWithin(page, [admin.getByText(ADMIN.email), admin.getByText("Administrateur", { exact: true })]);
  await page.goto(`${console}/personnes/${who.id}`);
  const intro = page.locator("main header p").first();
  await expect(intro).toContainText(email);
  expect(await intro.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  await expectWithin(page);
  await page.goto(`${console}/journal?person=${who.id}`);
  await expect(page.locator("[data-event]").first()).toContainText(LONG_WORD);
  await expectWithin(page);
  await page.goto(`${console}/notifications`);
  await expect(page.locator(`[data-sent="${sent.id}"]`)).toContainText(LONG_WORD);
  await expectWithin(page);

  // A long name is cut on its own dashboard, and the word behind it is not.
  const theirs = await (await signedIn({ ...who, email }, { own: true })).newPage();
  await theirs.setViewportSize({ width: 1_280, height: 900 });
  await openLive(theirs, `${urlOf("commercial")}/dashboard`);
  const self = theirs.getByTestId("online").getByRole("listitem").first();
  await expect(self).toContainText("(vous)");
  const [item, note] = await Promise.all([self.boundingBox(), self.getByText("(vous)").boundingBox()]);
  expect((note?.x ?? 0) + (note?.width ?? 0)).toBeLessThanOrEqual((item?.x ?? 0) + (item?.width ?? 0));
});
