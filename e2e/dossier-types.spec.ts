import type { BrowserContext } from "@playwright/test";
import { expectAccessibleAtAllWidths } from "./support/accessibility";
import { openLive } from "./support/inbox";
import { urlOf } from "./support/instance";
import { ADMIN } from "./support/people";
import { expect, test } from "./support/test";

const GESTION = () => urlOf("gestion-dossier");

/** A new type. @returns the address of its page */
async function defineType(context: BrowserContext, mark: number): Promise<string> {
  await context.request.get(`${GESTION()}/login/oauth`);
  const answer = await context.request.post(`${GESTION()}/api/dossier-types`, {
    headers: { origin: GESTION() },
    data: { name: { fr: `Recours ${mark}`, en: `Appeal ${mark}` } },
  });
  expect(answer.status()).toBe(201);
  return `${GESTION()}/types-de-dossier/${(await answer.json()).data.id}`;
}

test("two administrators change a type at once: what only one has changed is kept, and the same field is asked about", async ({
  signedIn,
}) => {
  const mark = Date.now();
  const context = await signedIn(ADMIN);
  const url = await defineType(context, mark);
  const [first, second] = [await context.newPage(), await context.newPage()];
  await openLive(first, url);
  await openLive(second, url);
  await first.getByLabel("Nom en français", { exact: true }).fill(`Appel ${mark}`);
  await first.getByLabel("Nom en anglais").fill(`Review ${mark}`);
  await first.getByRole("button", { name: "Enregistrer" }).click();
  await expect(first.getByRole("heading", { level: 1 })).toHaveText(`Appel ${mark}`);

  await second.getByLabel("Nom en français", { exact: true }).fill(`Contestation ${mark}`);
  await second.getByLabel("Délai en jours ouvrés").fill("15");
  await second.getByRole("button", { name: "Enregistrer" }).click();
  const dialog = second.getByRole("dialog", { name: "Ce type a changé entre-temps" });
  await expect(dialog).toContainText(`Appel ${mark} à présent, Contestation ${mark} chez vous`);
  await expect(dialog).not.toContainText("Review");
  await expectAccessibleAtAllWidths(second, "a conflict of a type");
  await second.setViewportSize({ width: 1280, height: 800 });
  await dialog.getByRole("button", { name: "Revenir au formulaire" }).click();
  await expect(second.getByLabel("Nom en français", { exact: true })).toHaveValue(`Contestation ${mark}`);
  await second.getByRole("button", { name: "Enregistrer" }).click();
  await dialog.getByRole("button", { name: "Garder les miennes" }).click();
  await expect(second.getByRole("heading", { level: 1 })).toHaveText(`Contestation ${mark}`);
  // The translation that only the first has changed stands.
  await expect(second.getByLabel("Nom en anglais")).toHaveValue(`Review ${mark}`);
  await expect(second.getByLabel("Délai en jours ouvrés")).toHaveValue("15");
});

test("a type is archived and restored from a page that a colleague's change has made old, and what is typed there stays", async ({
  signedIn,
}) => {
  const mark = Date.now();
  const context = await signedIn(ADMIN);
  const url = await defineType(context, mark);
  const [old, fresh] = [await context.newPage(), await context.newPage()];
  await openLive(old, url);
  await openLive(fresh, url);
  await fresh.getByLabel("Nom en français", { exact: true }).fill(`Appel ${mark}`);
  await fresh.getByLabel("Délai en jours ouvrés").fill("12");
  await fresh.getByRole("button", { name: "Enregistrer" }).click();
  await expect(fresh.getByRole("heading", { level: 1 })).toHaveText(`Appel ${mark}`);

  await old.getByRole("button", { name: "Archiver", exact: true }).click();
  await old.getByRole("dialog").getByRole("button", { name: "Archiver", exact: true }).click();
  await expect(old.getByText(/Le type est archivé\. Un collègue l’avait modifié entre-temps/).first()).toBeVisible();
  const badge = old.locator("#main").getByText("Archivé", { exact: true });
  await expect(badge).toBeVisible();
  await expect(old.getByRole("heading", { level: 1 })).toHaveText(`Appel ${mark}`);
  await expect(old.getByLabel("Délai en jours ouvrés")).toHaveValue("12");

  // What somebody works on stays, and is merged when it is saved.
  await old.getByLabel("Nom en anglais").fill(`Review ${mark}`);
  await fresh.getByLabel("Délai en jours ouvrés").fill("13");
  await fresh.getByLabel("Nom en français", { exact: true }).fill(`Recours gracieux ${mark}`);
  await fresh.getByRole("button", { name: "Enregistrer" }).click();
  await expect(fresh.getByRole("heading", { level: 1 })).toHaveText(`Recours gracieux ${mark}`);
  await old.getByRole("button", { name: "Rétablir", exact: true }).click();
  await expect(old.getByText(/Le type est rétabli\. Un collègue l’avait modifié entre-temps/).first()).toBeVisible();
  await expect(badge).toHaveCount(0);
  await expect(old.getByLabel("Nom en anglais")).toHaveValue(`Review ${mark}`);
  await old.getByRole("button", { name: "Enregistrer" }).click();
  await expect
    .poll(async () => {
      const types = (await (await context.request.get(`${GESTION()}/api/dossier-types`)).json()).data;
      return types.find(({ id }: { id: number }) => url.endsWith(`/${id}`));
    })
    .toMatchObject({
      name: { fr: `Recours gracieux ${mark}`, en: `Review ${mark}` },
      due_working_days: 13,
      archived: false,
    });
  await expect(old.getByLabel("Délai en jours ouvrés")).toHaveValue("13");
});
