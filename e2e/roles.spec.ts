import { expectAccessibleAtAllWidths } from "./support/accessibility";
import { createPerson } from "./support/cli";
import { urlOf } from "./support/instance";
import { ADMIN } from "./support/people";
import { expect, test } from "./support/test";

const CONSOLE = () => `${urlOf("administration")}/console`;

test("a role is added, its people may do what it was granted at once, who can is answered, and it is removed", async ({
  signedIn,
}) => {
  const page = await (await signedIn(ADMIN, { own: true })).newPage();
  const slug = `suivi-${Date.now()}`;
  await page.goto(`${CONSOLE()}/roles`);
  await expectAccessibleAtAllWidths(page, "the roles");
  await page.getByRole("link", { name: "Nouveau rôle" }).click();
  await expect(page.getByLabel("Identifiant")).toBeVisible();
  await expectAccessibleAtAllWidths(page, "a new role");
  await page.getByLabel("Identifiant").fill(slug);
  await page.getByLabel("Nom en français").fill(`Suivi ${slug}`);
  await page.getByLabel("Nom en anglais").fill(`Follow-up ${slug}`);
  await page.getByLabel("Administration", { exact: true }).check();
  await page.getByLabel("Ouvrir la console").check();
  await page.getByRole("button", { name: "Ajouter le rôle" }).click();
  await expect(page.getByRole("heading", { level: 1, name: `Suivi ${slug}` })).toBeVisible();

  const person = await createPerson(`Suiveur ${Date.now()}`, slug);
  const other = await (await signedIn(person, { own: true })).newPage();
  await other.goto(`${CONSOLE()}/sante`);
  await expect(other.getByText("Page introuvable").first()).toBeVisible();

  await page.getByLabel("Voir les processus et les mesures du canari").check();
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByText("Enregistré. Les droits valent dès la requête suivante.")).toBeVisible();
  await other.goto(`${CONSOLE()}/sante`);
  await expect(other.getByRole("heading", { level: 1, name: "Santé" })).toBeVisible();

  await page.goto(`${CONSOLE()}/acces?permission=health.read&search=suiveur`);
  await expect(page.getByRole("link", { name: person.name })).toBeVisible();
  await expect(page.getByText("la permission lui est donnée")).toBeVisible();
  await expectAccessibleAtAllWidths(page, "who can");

  // Its people get another role and are signed out.
  await page.goto(`${CONSOLE()}/roles/${slug}`);
  await page.getByRole("button", { name: "Supprimer ce rôle" }).click();
  await expect(page.getByText("Des personnes ont ce rôle", { exact: false })).toBeVisible();
  await page.getByLabel("Rôle à donner à la place").selectOption("comptable");
  await page.getByRole("button", { name: "Supprimer ce rôle" }).click();
  await expect(page).toHaveURL(`${CONSOLE()}/roles`);
  await expect(other).toHaveURL(/\/interaction\/|\/login\//);
});
