import type { Page } from "@playwright/test";
import { expectAccessibleAtAllWidths } from "./support/accessibility";
import { addAuthenticator } from "./support/authenticator";
import { addPerson, forgetProofs } from "./support/extra-people";
import { urlOf } from "./support/instance";
import { fillSignIn, SIGN_IN_PAGE } from "./support/sign-in";
import { expect, test } from "./support/test";

/** Makes the browser one that nobody has signed in with. The page is left first: it would leave by itself, and break the next visit off. */
async function forgetCookies(page: Page): Promise<void> {
  await page.goto("about:blank");
  await page.context().clearCookies();
}

/** Wide enough that no toast covers a button. */
const DESKTOP = { width: 1_280, height: 1_000 };

test("a person adds a passkey, signs in with it without a password, renames and removes it", async ({ browserOf }) => {
  const administration = urlOf("administration");
  const security = `${administration}/profil/securite`;
  const person = await addPerson(910_001, "Clé Rakoto", "administrateur");
  const page = await (await browserOf()).newPage();
  const authenticator = await addAuthenticator(page);
  await page.addInitScript(() => {
    if (sessionStorage.getItem("no-suggestions")) {
      PublicKeyCredential.isConditionalMediationAvailable = async () => false;
    }
  });

  await page.goto(security);
  await expect(page.getByRole("button", { name: "Utiliser une clé d’accès" })).toBeVisible();
  await fillSignIn(page, person.email);
  await expect(page).toHaveURL(security);
  await expectAccessibleAtAllWidths(page, "the security page without factors");
  await page.setViewportSize(DESKTOP);
  await page.getByLabel("Nom de la clé").fill("Téléphone de test");
  await page.getByRole("button", { name: "Ajouter une clé d’accès" }).click();
  await expect(page.getByText("La clé d’accès est ajoutée.").first()).toBeVisible();
  await page.reload();
  const row = page.getByRole("listitem").filter({ hasText: "Téléphone de test" });
  await expect(row).toContainText("Jamais utilisée");
  await expectAccessibleAtAllWidths(page, "the security page with a passkey");
  await page.setViewportSize(DESKTOP);

  // The suggestions of the e-mail field sign in by themselves: the authenticator confirms at once.
  await forgetCookies(page);
  await page.goto(`${urlOf("commercial")}/dashboard`);
  await expect(page).toHaveURL(`${urlOf("commercial")}/dashboard`);

  // By the button, in a browser without suggestions, which would sign in by themselves before the press.
  await forgetCookies(page);
  await authenticator.presence(false);
  await page.goto(security);
  await expect(page).toHaveURL(SIGN_IN_PAGE);
  await page.evaluate(() => sessionStorage.setItem("no-suggestions", "1"));
  await page.reload();
  await authenticator.presence(true);
  await page.getByRole("button", { name: "Utiliser une clé d’accès" }).click();
  await expect(page).toHaveURL(security);
  await page.evaluate(() => sessionStorage.removeItem("no-suggestions"));
  await expect(row).toContainText("Utilisée le");

  await row.getByText("Renommer").first().click();
  await row.getByLabel("Nom de la clé").fill("Téléphone du bureau");
  await row.getByRole("button", { name: "Renommer" }).click();
  await expect(page.getByText("La clé d’accès est renommée.").first()).toBeVisible();
  const removePasskey = async () => {
    await page.getByRole("button", { name: "Retirer la clé d’accès Téléphone du bureau" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Retirer" }).click();
  };
  // A dangerous act asks for the strongest proof that the person has: no password, but the passkey.
  await forgetProofs(person);
  await removePasskey();
  await expect(page).toHaveURL(/\/preuve\?/);
  await expect(page.getByLabel("Votre mot de passe")).toHaveCount(0);
  await page.getByRole("button", { name: "Utiliser une clé d’accès" }).click();
  await expect(page).toHaveURL(security);
  await removePasskey();
  await expect(page.getByText("La clé d’accès est retirée.").first()).toBeVisible();

  // The device still has it; nobody gets in with it any more.
  await forgetCookies(page);
  await page.goto(security);
  await expect(page.getByText("Cette clé d’accès n’a pas été acceptée.")).toBeVisible();
  await expect(page).toHaveURL(SIGN_IN_PAGE);
});
