import { PORTALS } from "@mgs/core/portals";
import { addDossierType, openDossier } from "./support/dossiers";
import { openLive } from "./support/inbox";
import { urlOf } from "./support/instance";
import { ADMIN, COMMERCIAL } from "./support/people";
import { expect, test } from "./support/test";

const NAME = "Palette de commandes";

test("the palette of every portal leads to records, people, acts and pages of all portals", async ({ signedIn }) => {
  const mark = Date.now();
  const context = await signedIn(ADMIN);
  const page = await context.newPage();
  await page.goto(`${urlOf("gestion-dossier")}/dashboard`);
  const type_id = await addDossierType(`Palette ${mark}`);
  const dossier = await openDossier(page, { type_id, title: `Palette ${mark}` });
  const palette = page.getByRole("dialog", { name: NAME });
  for (const portal of PORTALS) {
    await openLive(page, `${urlOf(portal)}/dashboard`);
    await page.keyboard.press("Control+k");
    const option = (text: string) => palette.getByRole("option").filter({ hasText: text }).first();
    for (const [words, found] of [
      [COMMERCIAL.name, COMMERCIAL.email],
      ["nouveau dossier", "Nouveau dossier"],
      ["jours feries", "Jours fériés"],
      [`palette ${mark}`, dossier.reference],
    ] as const) {
      await palette.getByRole("combobox").fill(words);
      await expect(option(found), `${words} in ${portal}`).toBeVisible();
    }
    await option(dossier.reference).click();
    await expect(page).toHaveURL(`${urlOf("gestion-dossier")}/dossiers/${dossier.id}`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Palette ${mark}`);
  }
});

test("Enter before the palette's answer waits for it, and opens nothing that other words have found", async ({
  signedIn,
}) => {
  const mark = Date.now();
  const page = await (await signedIn(ADMIN)).newPage();
  await page.goto(`${urlOf("gestion-dossier")}/dashboard`);
  const type_id = await addDossierType(`Rapide ${mark}`);
  const dossier = await openDossier(page, { type_id, title: `Rapide ${mark}` });
  await openLive(page, `${urlOf("gestion-dossier")}/dashboard`);
  const answer = Promise.withResolvers<void>();
  await page.route(
    (url) => url.pathname === "/api/palette" && url.searchParams.get("search")?.includes(String(mark)) === true,
    async (route) => {
      await answer.promise;
      await route.continue();
    },
  );
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: NAME });
  // What may be done without a word stands there already.
  await expect(palette.getByRole("option").first()).toBeVisible();
  await palette.getByRole("combobox").fill(`rapide ${mark}`);
  await page.keyboard.press("Enter");
  await expect(palette).toBeVisible();
  answer.resolve();
  await expect(page).toHaveURL(`${urlOf("gestion-dossier")}/dossiers/${dossier.id}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Rapide ${mark}`);
});
