import { expectAccessibleAtAllWidths } from "./support/accessibility";
import { createPerson } from "./support/cli";
import { addDossierType, openDossier } from "./support/dossiers";
import { openLive, recordToasts, toasts } from "./support/inbox";
import { urlOf } from "./support/instance";
import { ADMIN } from "./support/people";
import { signIn } from "./support/sign-in";
import { expectHydrated } from "./support/streamed";
import { expect, test } from "./support/test";

const ABSENCES = "/profil/absences";

test("a person who is away names a colleague: both see it, and what reaches the one reaches the other", async ({
  browserOf,
  signedIn,
}) => {
  const portal = urlOf("gestion-dossier");
  const away = await createPerson("Narindra Absente", "gestionnaire");
  const colleague = await createPerson("Tojo Remplaçant", "gestionnaire");
  const there = await browserOf();
  await signIn(there, colleague, "gestion-dossier");
  const heardThere = await recordToasts(there);
  const other = await there.newPage();
  await openLive(other, `${portal}/dashboard`);

  const here = await browserOf();
  await signIn(here, away, "gestion-dossier");
  const heardHere = await recordToasts(here);
  const page = await here.newPage();
  await page.goto(`${portal}/profil`);
  await page.getByRole("link", { name: "Mes absences" }).click();
  await expect(page.getByText("Aucune absence prévue")).toBeVisible();
  const submit = page.getByRole("button", { name: "Enregistrer l’absence" });
  const lastDay = page.getByLabel("Dernier jour");
  const today = await page.getByLabel("Premier jour").inputValue();

  // Without a colleague it is refused at its field.
  await lastDay.fill(today);
  await submit.click();
  await expect(page.getByText("Cette valeur est obligatoire.")).toBeVisible();
  await page.getByRole("combobox", { name: "Remplacement par" }).fill("Remplaçant");
  await page.getByRole("option", { name: /Tojo Remplaçant/ }).click();
  await submit.click();
  await expect(page.getByText(/^Tojo Remplaçant vous remplacera du /)).toBeVisible();
  const absence = page.locator("[data-absence]");
  await expect(absence).toContainText("Remplacement par Tojo Remplaçant");
  await expect(absence).toContainText("En ce moment");
  await expectAccessibleAtAllWidths(page, "the absences");

  await expect.poll(() => heardThere.map(({ text }) => text).join()).toMatch(/Absence enregistrée.*Narindra Absente/);

  // A dossier that is assigned to the absent, and a comment that mentions them, reach the colleague as well; both follow it.
  const chief = await (await signedIn(ADMIN)).newPage();
  await chief.goto(`${portal}/dashboard`);
  const type_id = await addDossierType(`Remplacement ${away.id}`);
  const dossier = await openDossier(chief, { type_id, title: "Pendant l’absence", assignee_id: away.id });
  const mention = await chief.request.post(`${portal}/api/dossiers/${dossier.id}/comments`, {
    headers: { origin: portal },
    data: { content: "Qui s’en occupe ?", mentions: [away.id] },
  });
  expect(mention.status()).toBe(201);
  for (const heard of [heardHere, heardThere])
    await expect
      .poll(() => heard.map(({ text }) => text).join())
      .toMatch(new RegExp(`(?=.*${dossier.reference})(?=.*vous mentionne)`, "s"));
  await other.goto(`${portal}/dossiers/${dossier.id}`);
  const people = other.getByRole("list", { name: "Qui voit ce dossier" });
  await expect(people.getByRole("listitem").filter({ hasText: away.name })).toContainText("responsable");
  await expect(people.getByRole("listitem").filter({ hasText: colleague.name })).toContainText("remplace un absent");
  await expect(other.locator("[data-comment]")).toContainText("Qui s’en occupe ?");

  await other.goto(`${portal}${ABSENCES}`);
  await expect(other.locator("[data-absence]")).toContainText("Narindra Absente");
  await expect(other.getByRole("button", { name: /^Mettre fin/ })).toHaveCount(0);

  // The colleague cannot name this person in turn: it would come round.
  await other.getByRole("combobox", { name: "Remplacement par" }).fill("Narindra");
  await other.getByRole("option", { name: /Narindra Absente/ }).click();
  await other.getByLabel("Dernier jour").fill(today);
  await other.getByRole("button", { name: "Enregistrer l’absence" }).click();
  await expect(other.getByText("c’est vous qui la remplacez")).toBeVisible();

  await page.setViewportSize({ width: 1280, height: 800 });
  await absence.getByRole("button", { name: /^Mettre fin/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Mettre fin" }).click();
  await expect(toasts(page, "L’absence est terminée.")).toBeVisible();
  await expect(page.getByText("Aucune absence prévue")).toBeVisible();
  await expect.poll(() => heardThere.map(({ text }) => text).join()).toContain("Absence terminée");
});

test("an administrator adds a public holiday, confirms its year, takes it away and brings it back", async ({
  signedIn,
}) => {
  const page = await (await signedIn(ADMIN)).newPage();
  await page.goto(`${urlOf("administration")}/console/jours-feries?annee=2031`);
  await expectHydrated(page);
  await page.getByLabel("Jour", { exact: true }).fill("2031-06-27");
  await page.getByLabel("Nom en français").fill("Pont national");
  await page.getByLabel("Nom en anglais").fill("Bridge day");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  const day = page.locator('[data-holiday="2031-06-27"]');
  await expect(day).toContainText("Pont national");
  await page.getByRole("button", { name: "Confirmer 2031" }).click();
  await expect(page.getByText(/^Les jours de 2031 sont confirmés depuis/)).toBeVisible();
  await expectAccessibleAtAllWidths(page, "the public holidays");
  await page.setViewportSize({ width: 1280, height: 800 });
  await day.getByRole("button", { name: "Retirer Pont national" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Retirer" }).click();
  await expect(day).toHaveCount(0);
  await expect(page.getByText("Les jours de 2031 ne sont pas confirmés")).toBeVisible();
  await page.getByText("1 jour férié retiré").click();
  const deleted = page.locator('[data-deleted-holiday="2031-06-27"]');
  await expect(deleted).toContainText("Pont national");
  await deleted.getByRole("button", { name: "Rétablir Pont national" }).click();
  await expect(toasts(page, "Pont national est de nouveau un jour férié.")).toBeVisible();
  await expect(day).toContainText("Pont national");
  await expect(deleted).toHaveCount(0);
});
