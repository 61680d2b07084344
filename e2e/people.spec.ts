import { query } from "./forms/scene";
import { expectAccessible, expectAccessibleAtAllWidths } from "./support/accessibility";
import { createPerson, mgs } from "./support/cli";
import { urlOf } from "./support/instance";
import { ADMIN, PASSWORD } from "./support/people";
import { SIGN_IN_PAGE } from "./support/sign-in";
import { expectHydrated, expectStreamed } from "./support/streamed";
import { expect, test } from "./support/test";

const PEOPLE = () => `${urlOf("administration")}/console/personnes`;

test("a person is invited, found, edited, given a role, and acted on with others", async ({ signedIn, browserOf }) => {
  const page = await (await signedIn(ADMIN, { own: true })).newPage();
  const mark = `Zo${Date.now()}`;
  // The first of the list has the longest state.
  const first = await createPerson(`Aaliyah ${mark}`, "commercial");
  await query("UPDATE users SET password_must_change = true WHERE id = $1", [first.id]);
  await page.goto(PEOPLE());
  await expectStreamed(page);
  await expect(page.getByText("Nouveau mot de passe exigé").first()).toBeVisible();
  await expectAccessibleAtAllWidths(page, "the list of people");
  await page.getByRole("link", { name: "Inviter une personne" }).click();
  await expect(page).toHaveURL(`${PEOPLE()}/inviter`);
  await expect(page.getByLabel("Adresse e-mail")).toBeVisible();
  await expectAccessibleAtAllWidths(page, "the invitation");
  await page.getByLabel("Nom", { exact: true }).fill(`Hélène ${mark}`);
  await page.getByLabel("Adresse e-mail").fill(`${mark}@mgs.mg`);
  await page.getByRole("combobox", { name: "Rôle" }).selectOption("commercial");
  await page.getByRole("button", { name: "Inviter" }).click();
  await expect(page.getByRole("heading", { level: 1, name: `Hélène ${mark}` })).toBeVisible();
  await expect(page.getByText("Invité", { exact: true })).toBeVisible();
  await expectAccessibleAtAllWidths(page, "a person");

  await page.getByLabel("Nom", { exact: true }).fill(`Hélène ${mark} R.`);
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByText("Enregistré.")).toBeVisible();
  await page.getByRole("combobox", { name: "Rôle" }).selectOption("comptable");
  await page.getByRole("button", { name: "Donner ce rôle" }).click();
  await expect(page.getByText("Le rôle est donné.")).toBeVisible();

  // After failed attempts an administrator lets the person try again.
  const { request } = await browserOf();
  const form = new URL((await request.get(`${urlOf("commercial")}/dashboard`)).url()).pathname;
  for (let attempt = 0; attempt < 5; attempt++)
    await request.post(`${urlOf("administration")}${form}/login`, {
      headers: { accept: "application/json", origin: urlOf("administration") },
      form: { email: `${mark}@mgs.mg`.toLowerCase(), password: "wrong" },
    });
  await page.reload();
  const release = page.getByRole("button", { name: "Débloquer maintenant" });
  await expectAccessibleAtAllWidths(page, "a person who is locked out");
  await release.press("Enter");
  await expect(page.getByText("La connexion est de nouveau possible.")).toBeVisible();
  await expect(release).toHaveCount(0);
  await expect(page.locator("#main")).toBeFocused();

  // Their devices: one is ended, and the trail knows of it.
  const [{ id = 0 } = {}] = await query<{ id: number }>("SELECT id FROM users WHERE email = $1", [
    `${mark}@mgs.mg`.toLowerCase(),
  ]);
  await query(
    `INSERT INTO user_sessions (id, user_id, oidc_session_uid, user_agent) VALUES (gen_random_uuid(), $1, $2, 'curl')`,
    [id, `uid-${mark}`],
  );
  await page.reload();
  await expectHydrated(page);
  await page.getByRole("button", { name: "Déconnecter partout" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Déconnecter partout" }).click();
  await expect(page.getByText("Fermé par un administrateur")).toBeVisible();
  // The page has the last events itself; the trail has them all.
  const history = page.locator("section", { has: page.getByRole("heading", { name: "Historique" }) });
  await page.reload();
  await expect(history).toHaveCount(1);
  await expect(page.getByRole("heading", { name: "Appareils d’avant" })).toBeVisible();
  await expect(history.locator("[data-action='session.ended']")).toContainText("a mis fin à une session");
  await page.getByRole("link", { name: "Voir le journal" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Journal");
  await expect(page.getByText(/a mis fin à une session/).first()).toBeVisible();

  // Without accents, by the beginnings of words in any order.
  await page.goto(`${PEOPLE()}?search=${mark.toLowerCase()}+helene`);
  const row = page.getByRole("row", { name: new RegExp(mark) });
  await expect(row).toContainText("Comptable");
  // Before anything is chosen, each field says what to choose.
  const run = page.getByRole("button", { name: "Lancer", exact: true });
  await run.click();
  await expect(page.getByLabel("Action")).toHaveAccessibleDescription("Choisissez une action.");
  await expect(page.getByLabel("Pour", { exact: true })).toHaveAccessibleDescription("Cochez au moins une personne.");
  await row.getByRole("checkbox").check();
  // An act on all whom a filter finds is asked about first, with their number; a "no" does nothing.
  await page.getByLabel("Action").selectOption("force-password-change");
  await page.getByLabel("Pour", { exact: true }).selectOption("all");
  await run.click();
  const question = page.getByRole("dialog", { name: "Exiger un nouveau mot de passe" });
  await expect(question).toContainText("Une personne correspond aux filtres.");
  await expectAccessible(page, "the question before an act on many");
  await question.getByRole("button", { name: "Annuler" }).click();
  await expect(question).toHaveCount(0);
  await expect(run).toBeEnabled();
  await run.click();
  await question.getByRole("button", { name: "Lancer pour une personne" }).click();
  await expect(page.getByText("Terminé")).toBeVisible();

  await page.goto(`${PEOPLE()}?search=${mark.toLowerCase()}+helene`);
  await row.getByRole("checkbox").check();
  await page.getByLabel("Action").selectOption("disable");
  await page.getByRole("button", { name: "Lancer" }).click();
  await expect(page.getByText("Terminé")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Désactivation de comptes");
  await expect(page.getByText("1 personne traitée sur 1")).toBeVisible();
  await expect(page.getByText("Il continue même si vous fermez cette page.")).toHaveCount(0);
  await page.goto(`${PEOPLE()}?search=${mark}&state=disabled`);
  await expect(page.getByRole("row", { name: new RegExp(mark) })).toContainText("Désactivé");
  // Somebody else has enabled them meanwhile: there is nobody to ask about.
  await query("UPDATE users SET disabled_at = NULL WHERE id = $1", [id]);
  await page.getByLabel("Action").selectOption("enable");
  await page.getByLabel("Pour", { exact: true }).selectOption("all");
  await run.click();
  await expect(page.getByText("Personne ne correspond aux filtres : il n’y a rien à faire.")).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expectAccessible(page, "an act that reaches nobody");
});

test("a person who leaves is disabled, and what they held is handed to a colleague", async ({ signedIn }) => {
  const leaver = await createPerson(`Sortant ${Date.now()}`, "commercial");
  const colleague = await createPerson(`Reprise ${Date.now()}`, "commercial");
  await mgs("notify", "--user", String(leaver.id), "--titre", "Dossier à suivre", "--message", "Merci");
  const page = await (await signedIn(ADMIN, { own: true })).newPage();
  await page.goto(`${PEOPLE()}/${leaver.id}`);
  await page.getByRole("link", { name: "Préparer le départ" }).click();
  await expect(page.getByText("Dossier à suivre")).toBeVisible();
  await expectAccessibleAtAllWidths(page, "a departure");
  await page.getByRole("searchbox").fill(colleague.name);
  await page.getByRole("button", { name: "Chercher" }).click();
  await expect(page.getByText(`${colleague.name} recevra tout.`)).toBeVisible();
  const leave = `Désactiver et confier à ${colleague.name}`;
  await expect(page.getByRole("button", { name: leave })).toBeVisible();
  await expectHydrated(page);
  await page.getByRole("button", { name: leave }).click();
  await page.getByRole("dialog").getByRole("button", { name: leave }).click();
  await expect(page.getByText("Terminé")).toBeVisible();
  await expectAccessibleAtAllWidths(page, "a hand-over");
  await page.goto(`${PEOPLE()}/${leaver.id}`);
  await expectStreamed(page);
  await expect(page.getByText("Désactivé", { exact: true })).toBeVisible();
  // Nothing is left to disable, and nothing to hand over.
  await page.goto(`${PEOPLE()}/${leaver.id}/depart`);
  await expectStreamed(page);
  await expect(page.getByText("Ce compte est déjà désactivé.")).toBeVisible();
  await expect(page.getByText("La personne ne détient rien qui soit à confier.")).toBeVisible();
  await expect(page.getByRole("button", { name: /Désactiver/ })).toHaveCount(0);
  await expectAccessible(page, "a departure of somebody who has left");
  await page.goto(`${PEOPLE()}/${colleague.id}/depart`);
  await expectStreamed(page);
  await expect(page.getByText("Dossier à suivre")).toBeVisible();
});

test("an administrator is asked before they disable themself, or give their own role up", async ({ signedIn }) => {
  const self = await createPerson(`Démission ${Date.now()}`, "administrateur");
  const page = await (await signedIn(self, { own: true })).newPage();
  await page.goto(`${PEOPLE()}/${self.id}/depart`);
  await expectHydrated(page);
  await page.getByRole("button", { name: "Désactiver sans rien confier" }).click();
  const leaving = page.getByRole("dialog", { name: "Désactiver votre propre compte ?" });
  await expect(leaving).toContainText("Vous perdez l’accès à tous les portails");
  await leaving.getByRole("button", { name: "Annuler" }).click();

  // Also where they choose themself in the list, among others or alone.
  await page.goto(`${PEOPLE()}?search=${self.email}`);
  await page
    .getByRole("row", { name: new RegExp(self.name) })
    .getByRole("checkbox")
    .check();
  for (const [act, loss] of [
    ["disable", "Votre propre compte est parmi ceux que vous avez choisis. Vous perdez l’accès à tous les portails"],
    ["change-role", "Votre propre compte est parmi ceux que vous avez choisis. Vous perdez le rôle Administrateur"],
  ] as const) {
    await page.getByLabel("Action").selectOption(act);
    await page.getByLabel("Rôle à donner").selectOption("commercial");
    await page.getByRole("button", { name: "Lancer", exact: true }).click();
    const bulk = page.getByRole("dialog");
    await expect(bulk).toContainText(loss);
    await expect(bulk.getByRole("button", { name: "Lancer pour une personne" })).toBeVisible();
    await bulk.getByRole("button", { name: "Annuler" }).click();
    await expect(bulk).toHaveCount(0);
  }
  const jobs = await query<{ n: number }>("SELECT count(*)::int AS n FROM batch_jobs WHERE created_by = $1", [self.id]);
  expect(jobs).toEqual([{ n: 0 }]);

  // The proof comes before the question, which is asked once.
  const give = page.getByRole("button", { name: "Donner ce rôle" });
  await page.goto(`${PEOPLE()}/${self.id}`);
  await query("UPDATE user_sessions SET proved_at = now() - interval '1 hour' WHERE user_id = $1", [self.id]);
  await page.getByRole("combobox", { name: "Rôle" }).selectOption("commercial");
  await give.click();
  await page.getByLabel("Votre mot de passe").fill(PASSWORD);
  await page.getByRole("button", { name: "Confirmer" }).click();
  await expect(page).toHaveURL(`${PEOPLE()}/${self.id}`);
  await page.getByRole("combobox", { name: "Rôle" }).selectOption("commercial");
  await give.click();
  const role = page.getByRole("dialog", { name: "Changer votre propre rôle ?" });
  await expect(role).toContainText("Vous perdez le rôle Administrateur");
  await role.getByRole("button", { name: "Annuler" }).click();
  await expect(role).toHaveCount(0);
  const roleOf = () => query<{ role: string }>("SELECT role FROM users WHERE id = $1", [self.id]);
  expect(await roleOf()).toEqual([{ role: "administrateur" }]);
  await give.click();
  await role.getByRole("button", { name: "Changer mon rôle" }).click();
  await expect.poll(roleOf).toEqual([{ role: "commercial" }]);
  // Their access to this portal ended with the role, and the open page says so.
  await expect(page.getByText("Vos accès ont changé. Reconnectez-vous pour continuer.")).toBeVisible();
  await expect(page).toHaveURL(SIGN_IN_PAGE);
  await expectHydrated(page);
});
