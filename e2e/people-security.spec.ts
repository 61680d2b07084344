import { readFile } from "node:fs/promises";
import { query } from "./forms/scene";
import { expectAccessibleAtAllWidths } from "./support/accessibility";
import { addPerson, forgetProofs } from "./support/extra-people";
import { toasts } from "./support/inbox";
import { urlOf } from "./support/instance";
import { ADMIN, PASSWORD } from "./support/people";
import { fillSignIn, signIn } from "./support/sign-in";
import { expectHydrated, expectStreamed } from "./support/streamed";
import { expect, test } from "./support/test";

const PEOPLE = () => `${urlOf("administration")}/console/personnes`;
/** What a person's page says while they are locked out. */
const LOCKED = "Des connexions sont refusées en ce moment";
/** Failures after which one network waits for one account (SIGN_IN_ATTEMPTS). */
const ATTEMPTS = 5;

test("a person who is locked out is found and released, loses an application, and is exported", async ({
  browserOf,
  signedIn,
}) => {
  const locked = await addPerson(910_010, "Verrou Rabary", "commercial");
  const stranger = await (await browserOf()).newPage();
  await stranger.context().clearCookies();
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    await stranger.goto(`${urlOf("commercial")}/dashboard`);
    await fillSignIn(stranger, locked.email, "ce n'est pas celui-ci");
    // Next's own announcer is an alert as well, and is there before the answer; the form's stands in the content.
    await expect(stranger.locator("#main").getByRole("alert").first()).toBeVisible();
  }
  await query(
    `INSERT INTO clients (id, name, secret_hash, redirect_uris, post_logout_redirect_uris, scopes)
     VALUES ('e2e-agenda', 'Agenda partagé', '-', '{}', '{}', '{}') ON CONFLICT DO NOTHING`,
    [],
  );
  await query(
    `INSERT INTO consents (user_id, client_id, scopes, given_at) VALUES ($1, 'e2e-agenda', '{openid,email}', now())`,
    [locked.id],
  );

  const page = await (await signedIn(ADMIN, { own: true })).newPage();
  await page.goto(PEOPLE());
  await expectHydrated(page);
  await page.getByLabel("Recherche").fill("verrou");
  await page.getByLabel("Blocage").selectOption("locked");
  await page.getByLabel("Second facteur").selectOption("without");
  await page.getByRole("button", { name: "Afficher" }).click();
  await expect(page).toHaveURL(/factor=without&lock=locked/);
  await expectStreamed(page);
  await expect(page.getByRole("row", { name: /Verrou Rabary/ })).toContainText("Verrouillé");
  await expectAccessibleAtAllWidths(page, "the list of people with all filters");

  // The export asks for a proof, and comes back to the list with its filters.
  await forgetProofs(ADMIN);
  await page.getByRole("link", { name: "Exporter (CSV)" }).click();
  await expect(page).toHaveURL(/\/preuve\?/);
  await page.getByLabel("Votre mot de passe").fill(PASSWORD);
  await page.getByRole("button", { name: "Confirmer" }).click();
  await expect(page).toHaveURL(/personnes\?.*lock=locked/);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Exporter (CSV)" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^personnes-.*\.csv$/);
  const lines = (await readFile(await download.path(), "utf8")).trim().split("\r\n");
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain(`;Verrou Rabary;${locked.email};commercial;fr;active;no;yes;`);

  await page.getByRole("link", { name: "Verrou Rabary" }).click();
  await expect(page.getByText(LOCKED)).toBeVisible();
  await expectAccessibleAtAllWidths(page, "a person who is locked out");
  await page.setViewportSize({ width: 1_280, height: 1_000 });
  const consent = page.locator("[data-consent]");
  await expect(consent).toContainText("Agenda partagé");
  await consent.getByRole("button", { name: "Retirer l’accès d’Agenda partagé" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Retirer l’accès" }).click();
  await expect(toasts(page, "Agenda partagé n’a plus accès à ce compte.")).toBeVisible();
  await expect(consent).toHaveCount(0);
  await page.getByRole("button", { name: "Débloquer maintenant" }).click();
  await expect(toasts(page, "La connexion est de nouveau possible.")).toBeVisible();
  await expect(page.getByText(LOCKED)).toHaveCount(0);
  await signIn(stranger.context(), locked);
});
