import { readFile } from "node:fs/promises";
import { query } from "./forms/scene";
import { expectAccessibleAtAllWidths } from "./support/accessibility";
import { addPerson, forgetProofs } from "./support/extra-people";
import { toasts } from "./support/inbox";
import { urlOf } from "./support/instance";
import { ADMIN, PASSWORD } from "./support/people";
import { expectHydrated, expectStreamed } from "./support/streamed";
import { expect, test } from "./support/test";

/** Wide enough that no toast covers a button. */
const DESKTOP = { width: 1_280, height: 1_000 };

test("a file with bad lines is corrected, checked again, applied once as shown, and a long one is stopped", async ({
  signedIn,
}) => {
  const page = await (await signedIn(ADMIN, { own: true })).newPage();
  const mark = `imp${Date.now()}`;
  const known = await addPerson(910_020, `Connue ${mark}`, "commercial");
  const upload = async (text: string) => {
    await page.getByLabel("Fichier CSV").setInputFiles({
      ...{ name: "équipe.csv", mimeType: "text/csv" },
      buffer: Buffer.from(text, "latin1"),
    });
    // The browser posts the form by itself.
    const loaded = page.waitForEvent("load");
    await page.getByRole("button", { name: "Vérifier le fichier" }).click();
    await loaded;
    await expectStreamed(page);
  };

  await page.goto(`${urlOf("administration")}/console/personnes`);
  await page.getByRole("link", { name: "Importer (CSV)" }).click();
  await upload("nom;email;mot de passe\nA;a@mgs.mg;secret\n");
  await expect(page.getByText("Il a une colonne de mots de passe.")).toBeVisible();
  await expectAccessibleAtAllWidths(page, "a file that is refused");
  await page.setViewportSize(DESKTOP);

  const good = `Connue ${mark} R.;${known.email};comptable`;
  await upload(`Nom;Adresse e-mail;Rôle\nHélène ${mark};${mark}@mgs.mg;Comptabilité\n${good}\n;x@mgs.mg;commercial\n`);
  await expect(page.getByRole("heading", { name: "Vérification : équipe.csv" })).toBeVisible();
  await expect(page.locator('[data-count="bad"]')).toHaveText("2");
  await expect(page.getByRole("row", { name: /ce rôle n’existe pas/ })).toContainText("Rôle");
  await expect(page.getByRole("button", { name: "Importer" })).toHaveCount(0);
  await expectAccessibleAtAllWidths(page, "a file with bad lines");
  await page.setViewportSize(DESKTOP);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Télécharger les lignes à corriger" }).click(),
  ]);
  expect(await readFile(await download.path(), "utf8")).toContain("4;Nom;x@mgs.mg;REQUIRED;valeur obligatoire");

  await page.getByRole("link", { name: "Vérifier un autre fichier" }).click();
  await upload(`Nom;Adresse e-mail;Rôle\nHélène ${mark};${mark}@mgs.mg;Comptable\n${good}\n`);
  await expect(page.locator('[data-count="create"]')).toHaveText("1");
  await page.getByRole("link", { name: "Personnes à modifier" }).click();
  await expect(page).toHaveURL(/\?lignes=/);
  await expect(page.getByRole("row", { name: new RegExp(known.email) })).toContainText("Commercial → Comptable");
  await expectAccessibleAtAllWidths(page, "a file that can be imported");
  await page.setViewportSize(DESKTOP);
  const checked = page.url();
  await forgetProofs(ADMIN);
  await page.getByRole("button", { name: "Importer" }).click();
  await expect(page).toHaveURL(/\/preuve\?/);
  await page.getByLabel("Votre mot de passe").fill(PASSWORD);
  await page.getByRole("button", { name: "Confirmer" }).click();
  await expect(page).toHaveURL(checked);
  await page.getByRole("button", { name: "Importer" }).dblclick();
  await expect(page.getByText("Terminé")).toBeVisible();
  await expect(page.getByText("2 lignes traitées sur 2")).toBeVisible();
  await page.goto(checked);
  await expectStreamed(page);
  await expect(page.getByText("Cet import a été lancé.")).toBeVisible();
  const people = await query<{ name: string; role: string }>(
    "SELECT name, role FROM users WHERE name LIKE $1 ORDER BY name",
    [`%${mark}%`],
  );
  expect(people).toEqual([
    { name: `Connue ${mark} R.`, role: "comptable" },
    { name: `Hélène ${mark}`, role: "comptable" },
  ]);

  // A long one is stopped, and what was done stays.
  const many = Array.from({ length: 5_000 }, (_, n) => `Foule ${n};foule${n}-${mark}@mgs.mg;commercial`);
  await expectHydrated(page);
  await page.getByRole("link", { name: "Vérifier un autre fichier" }).click();
  await upload(`nom;email;role\n${many.join("\n")}`);
  await page.getByLabel("Nouvelles personnes").selectOption("no");
  await page.getByRole("button", { name: "Importer" }).click();
  const stop = page.getByRole("button", { name: "Arrêter" });
  await expect(stop).toBeVisible();
  await expectHydrated(page);
  await stop.click();
  await page.getByRole("dialog").getByRole("button", { name: "Arrêter" }).click();
  await expect(toasts(page, "Le traitement s’arrête après le lot en cours.")).toBeVisible();
  await expect(page.getByText("Arrêté", { exact: true })).toBeVisible();
  await query("DELETE FROM users WHERE email LIKE $1", [`foule%-${mark}@mgs.mg`]);
});
