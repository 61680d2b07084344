import type { Page } from "@playwright/test";
import { Secret, TOTP } from "otpauth";
import { query } from "./forms/scene";
import { expectAccessibleAtAllWidths } from "./support/accessibility";
import { addAuthenticator } from "./support/authenticator";
import { addPerson, addStrictRole, forgetProofs } from "./support/extra-people";
import { toasts } from "./support/inbox";
import { urlOf } from "./support/instance";
import { ADMIN } from "./support/people";
import { fillSignIn, SIGN_IN_PAGE } from "./support/sign-in";
import { expect, test } from "./support/test";

/** Wide enough that no toast covers a button. */
const DESKTOP = { width: 1_280, height: 1_000 };
const PHONE = { width: 360, height: 740 };

const security = () => `${urlOf("administration")}/profil/securite`;

/** The code that an authenticator app shows, `steps` periods from now: each counts once, and the next one is accepted already. */
function codeOf(secret: string, steps = 0): string {
  return TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: Date.now() + steps * 30_000 });
}

const readSecret = async (page: Page) =>
  ((await page.getByTestId("totp-secret").textContent()) ?? "").replaceAll(/\s/g, "");
const readCodes = (page: Page) => page.getByTestId("recovery-codes").getByRole("listitem").allInnerTexts();

test("a person sets up an authenticator app, signs in with a code, then with a recovery code, and takes it back", async ({
  browserOf,
}) => {
  const person = await addPerson(910_002, "Code Rabe", "administrateur");
  const page = await (await browserOf()).newPage();
  await page.goto(security());
  await fillSignIn(page, person.email);
  await page.getByRole("button", { name: "Configurer" }).click();
  await expect(page.getByAltText("Code QR pour l’application d’authentification")).toBeVisible();
  await expectAccessibleAtAllWidths(page, "the set-up of an authenticator app");
  await page.setViewportSize(DESKTOP);
  await page.getByRole("button", { name: "Annuler" }).click();
  await expect(page.getByText("La configuration est annulée.")).toBeVisible();
  // On a phone, by keyboard: what an action brings is in view, and has the focus.
  await page.setViewportSize(PHONE);
  await page.getByRole("button", { name: "Configurer" }).press("Enter");
  await expect(page.getByRole("region", { name: "Application d’authentification" })).toBeFocused();
  const secret = await readSecret(page);
  const field = page.getByLabel("Saisissez ensuite le code");
  await field.fill("000000");
  await page.getByRole("button", { name: "Activer" }).press("Enter");
  await expect(field).toHaveAccessibleDescription("Ce code est incorrect ou a déjà servi.");
  await expect(field).toBeFocused();
  await field.fill(codeOf(secret));
  await page.getByRole("button", { name: "Activer" }).press("Enter");
  await expect(page.getByRole("region", { name: "Vos codes de secours" })).toBeFocused();
  for (const code of [0, 9]) await expect(page.getByTestId("recovery-codes").locator("li").nth(code)).toBeInViewport();
  await expect(toasts(page, "Lisez le code QR")).toHaveCount(0);
  await expect(page.getByText("Active depuis le")).toBeVisible();
  const codes = await readCodes(page);
  expect(new Set(codes).size).toBe(10);
  await expectAccessibleAtAllWidths(page, "fresh recovery codes");
  await page.setViewportSize(DESKTOP);
  await page.getByRole("button", { name: "J’ai gardé ces codes" }).press("Enter");
  await expect(page.getByText("Il vous en reste 10.")).toBeVisible();
  await expect(page.locator("#main")).toBeFocused();

  const second = await (await browserOf()).newPage();
  await second.goto(`${urlOf("commercial")}/dashboard`);
  await fillSignIn(second, person.email);
  await expect(second).toHaveURL(/\/factor$/);
  await expectAccessibleAtAllWidths(second, "the second factor");
  await second.getByLabel("Code à six chiffres").fill("000000");
  await second.getByRole("button", { name: "Continuer" }).click();
  await expect(second.getByLabel("Code à six chiffres")).toHaveAccessibleDescription(/^Ce code est incorrect/);
  await expect(second.getByLabel("Code à six chiffres")).toBeFocused();
  await second.getByLabel("Code à six chiffres").fill(codeOf(secret, 1));
  await second.getByRole("button", { name: "Continuer" }).click();
  await expect(second).toHaveURL(`${urlOf("commercial")}/dashboard`);

  const third = await (await browserOf()).newPage();
  await third.goto(`${urlOf("gestion-dossier")}/dashboard`);
  await fillSignIn(third, person.email);
  await third.getByText("Je n’ai pas mon appareil").click();
  await third.getByLabel("Code de secours").fill("AAAA-AAAA-AAAA-AAAA");
  await third.getByRole("button", { name: "Utiliser ce code" }).click();
  await expect(third.getByText("Ce code est incorrect ou a déjà servi.")).toHaveCount(1);
  await expect(third.getByLabel("Code de secours")).toHaveAccessibleDescription(/^Ce code est incorrect/);
  await expect(third.getByLabel("Code de secours")).toBeFocused();
  await third.getByLabel("Code de secours").fill((codes[0] ?? "").toLowerCase().replaceAll("-", " "));
  await third.getByRole("button", { name: "Utiliser ce code" }).click();
  await expect(third).toHaveURL(`${urlOf("gestion-dossier")}/dashboard`);

  await page.reload();
  await expect(page.getByText("Il vous en reste 9.")).toBeVisible();
  await page.getByRole("button", { name: "Créer de nouveaux codes" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Créer de nouveaux codes" }).click();
  await expect.poll(() => readCodes(page)).toHaveLength(10);
  expect(await readCodes(page)).not.toContain(codes[1]);
  const [fresh = ""] = await readCodes(page);

  // A dangerous act asks for the strongest proof that the person has: no password, but a code.
  await forgetProofs(person);
  const removeApp = async () => {
    await page.getByRole("button", { name: "Retirer" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Retirer" }).click();
  };
  await removeApp();
  await expect(page).toHaveURL(/\/preuve\?/);
  await expect(page.getByLabel("Votre mot de passe")).toHaveCount(0);
  await expectAccessibleAtAllWidths(page, "the proof by a code");
  await page.setViewportSize(DESKTOP);
  await page.getByLabel("Code de votre application").fill("000000");
  await page.getByRole("button", { name: "Confirmer" }).click();
  await expect(page.getByText("Ce code est incorrect ou a déjà servi.")).toBeVisible();
  await page.getByLabel("Code de votre application").fill(fresh);
  await page.getByRole("button", { name: "Confirmer" }).click();
  await expect(page).toHaveURL(security());
  await removeApp();
  await expect(page.getByText("Non configurée")).toBeVisible();
});

test("a person whose role requires a second factor is led through its set-up before any portal opens", async ({
  browserOf,
}) => {
  await addStrictRole("e2e-strict");
  const person = await addPerson(910_003, "Strict Randria", "e2e-strict");
  const dashboard = `${urlOf("commercial")}/dashboard`;
  const page = await (await browserOf()).newPage();
  await page.goto(dashboard);
  await fillSignIn(page, person.email);
  await expect(page.getByRole("heading", { name: "Protégez votre compte" })).toBeVisible();
  await expectAccessibleAtAllWidths(page, "the set-up within a sign-in");
  const secret = await readSecret(page);
  const factor = page.url();

  // No other address leads past it.
  await page.goto(dashboard);
  await expect(page).toHaveURL(SIGN_IN_PAGE);
  await page.goto(factor);
  expect(await readSecret(page)).toBe(secret);
  await page.getByLabel("Saisissez ensuite le code").fill(codeOf(secret));
  await page.getByRole("button", { name: "Continuer" }).click();
  await expect(page.getByRole("heading", { name: "Vos codes de secours" })).toBeVisible();
  expect(await readCodes(page)).toHaveLength(10);
  await expectAccessibleAtAllWidths(page, "recovery codes within a sign-in");
  await page.goto(dashboard);
  await expect(page).toHaveURL(SIGN_IN_PAGE);
  await page.goto(factor);
  await page.getByRole("button", { name: "J’ai gardé ces codes" }).click();
  await expect(page).toHaveURL(dashboard);
});

test("a role is made to require a second factor, its person sets a passkey up in the sign-in, and an administrator resets it", async ({
  browserOf,
  signedIn,
}) => {
  await query("DELETE FROM role_requirements WHERE role = 'e2e-cle'", []);
  await query(
    `INSERT INTO roles (slug, name_fr, name_en, portals) VALUES ('e2e-cle', 'Clé exigée', 'Key', '{commercial}')
     ON CONFLICT DO NOTHING`,
    [],
  );
  const person = await addPerson(910_004, "Clé Ravalison", "e2e-cle");
  const admin = await (await signedIn(ADMIN, { own: true })).newPage();
  await admin.goto(`${urlOf("administration")}/console/second-facteur`);
  const row = admin.getByRole("listitem").filter({ hasText: "Clé exigée" });
  await row.getByRole("button", { name: "Rendre obligatoire : Clé exigée" }).click();
  await admin.getByRole("dialog").getByRole("button", { name: "Rendre obligatoire" }).click();
  await expect(row.getByText("Obligatoire", { exact: true })).toBeVisible();

  const dashboard = `${urlOf("commercial")}/dashboard`;
  const page = await (await browserOf()).newPage();
  await addAuthenticator(page);
  await page.goto(dashboard);
  await fillSignIn(page, person.email);
  await expect(page.getByRole("heading", { name: "Protégez votre compte" })).toBeVisible();
  await page.getByRole("button", { name: "Créer une clé d’accès" }).click();
  await expect(page.getByRole("heading", { name: "Vos codes de secours" })).toBeVisible();
  expect(await readCodes(page)).toHaveLength(10);
  await page.getByRole("button", { name: "J’ai gardé ces codes" }).click();
  await expect(page).toHaveURL(dashboard);

  await admin.goto(`${urlOf("administration")}/console/personnes/${person.id}`);
  await expect(admin.getByText("Second facteur : 1 clé d’accès.")).toBeVisible();
  await admin.getByRole("button", { name: "Réinitialiser le second facteur" }).click();
  await admin.getByRole("dialog").getByRole("button", { name: "Réinitialiser le second facteur" }).click();
  await expect(admin.getByText("Le second facteur est réinitialisé.").first()).toBeVisible();
  await expect(admin.getByText("Second facteur : aucune clé d’accès.")).toBeVisible();
  // The sign-in has ended, so that the page leaves by itself, and the next one sets a factor up anew.
  await expect(page).toHaveURL(SIGN_IN_PAGE);
  await fillSignIn(page, person.email);
  await expect(page.getByRole("heading", { name: "Protégez votre compte" })).toBeVisible();
  await query("DELETE FROM role_requirements WHERE role = 'e2e-cle'", []);
});
