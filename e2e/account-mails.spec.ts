import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { query } from "./forms/scene";
import { expectAccessibleAtAllWidths } from "./support/accessibility";
import { createPerson, mgs } from "./support/cli";
import { urlOf } from "./support/instance";
import { mailTo } from "./support/mailbox";
import { ADMIN, PASSWORD } from "./support/people";
import { fillSignIn, SIGN_IN_PAGE } from "./support/sign-in";
import { expect, test } from "./support/test";

const NEW_PASSWORD = "trois bateaux verts";

/** Waits for a mail and opens its link twice, as a scanner of mails and then its reader do. */
async function followLink(page: Page, address: string, subject: string): Promise<void> {
  const { text } = await mailTo(address, subject);
  const link = /https?:\/\/\S+\?jeton=\S+/.exec(text)?.[0] ?? "";
  expect(link).toContain(`${urlOf("administration")}/compte/`);
  const scanned = await fetch(link);
  expect(scanned.status).toBe(200);
  expect(scanned.headers.get("referrer-policy")).toBe("no-referrer");
  await page.goto(link);
}

test("an invited person chooses a password and signs in", async ({ browserOf }) => {
  const email = `${randomUUID()}@mgs.mg`;
  await mgs("user:create", "--name", "Lova Ramanantsoa", "--email", email, "--role", "commercial");
  const page = await (await browserOf()).newPage();
  await followLink(page, email, "Votre compte MGS est prêt");
  await expect(page.getByText(email)).toBeVisible();
  await expectAccessibleAtAllWidths(page, "the page of an invitation");

  const password = page.getByLabel("Nouveau mot de passe");
  const save = page.getByRole("button", { name: "Enregistrer le mot de passe" });
  await password.fill("Lova-Ramanantsoa");
  await save.click();
  await expect(page.getByRole("alert").getByText(/presque uniquement votre nom/)).toBeVisible();
  await expect(password).toHaveAttribute("aria-invalid", "true");
  await expectAccessibleAtAllWidths(page, "a refused password");
  await password.fill(NEW_PASSWORD);
  await page.getByRole("button", { name: "Afficher le mot de passe" }).click();
  await expect(password).toHaveAttribute("type", "text");
  const link = page.url();
  await save.dblclick();
  await expect(page.getByRole("heading", { name: "Mot de passe enregistré" })).toBeVisible();
  await expectAccessibleAtAllWidths(page, "a password that was chosen");

  const late = await (await browserOf()).newPage();
  await late.goto(link);
  await expect(late.getByRole("heading", { name: "Ce lien n’est plus valable" })).toBeVisible();
  await expect(late.getByText(email)).toHaveCount(0);
  await expectAccessibleAtAllWidths(late, "a link that was used");

  await page.getByRole("link", { name: "Se connecter à Commercial" }).click();
  await expect(page).toHaveURL(SIGN_IN_PAGE);
  await fillSignIn(page, email, NEW_PASSWORD);
  await expect(page).toHaveURL(`${urlOf("commercial")}/dashboard`);
});

test("a forgotten password is replaced by a mail's link, old sessions end, and its owner changes it again", async ({
  browserOf,
  signedIn,
}) => {
  const who = await createPerson("Mamy Rakotoson", "commercial");
  const old = await (await signedIn(who, { own: true })).newPage();
  await old.goto(`${urlOf("commercial")}/dashboard`);
  await expect(old).toHaveURL(`${urlOf("commercial")}/dashboard`);

  const page = await (await browserOf()).newPage();
  await page.goto(`${urlOf("commercial")}/dashboard`);
  await page.getByRole("link", { name: "Mot de passe oublié ?" }).click();
  await expect(page.getByRole("heading", { name: "Mot de passe oublié" })).toBeVisible();
  await expectAccessibleAtAllWidths(page, "the form of a forgotten password");
  await page.getByLabel("Adresse e-mail").fill(who.email);
  await page.getByRole("button", { name: "Recevoir le lien" }).click();
  await expect(page.getByRole("heading", { name: "Consultez votre messagerie" })).toBeVisible();
  await expectAccessibleAtAllWidths(page, "the answer to a forgotten password");

  await followLink(page, who.email, "Choisissez un nouveau mot de passe");
  await page.getByLabel("Nouveau mot de passe").fill(NEW_PASSWORD);
  await page.getByRole("button", { name: "Enregistrer le mot de passe" }).click();
  await expect(page.getByRole("heading", { name: "Mot de passe enregistré" })).toBeVisible();
  await expect(old).toHaveURL(SIGN_IN_PAGE);

  await page.getByRole("link", { name: "Se connecter à Commercial" }).click();
  await fillSignIn(page, who.email, NEW_PASSWORD);
  await expect(page).toHaveURL(`${urlOf("commercial")}/dashboard`);

  // The page stands in administration, which this person's role does not open.
  const profile = `${urlOf("commercial")}/profil`;
  await page.goto(`${urlOf("administration")}/profil/mot-de-passe?retour=${encodeURIComponent(profile)}`);
  await expectAccessibleAtAllWidths(page, "the change of a password");
  const submit = page.getByRole("button", { name: "Changer le mot de passe" });
  await page.getByLabel("Mot de passe actuel").fill("ce n'est pas celui-ci");
  await page.getByLabel("Nouveau mot de passe").fill(PASSWORD);
  await submit.click();
  await expect(page.getByText("Ce mot de passe est incorrect.")).toBeVisible();
  await page.getByLabel("Mot de passe actuel").fill(NEW_PASSWORD);
  await submit.dblclick();
  await expect(page.getByText("Mot de passe changé. Aucune autre session n’était ouverte.")).toBeVisible();
  await page.getByRole("link", { name: "Retour au profil" }).click();
  await expect(page).toHaveURL(profile);
});

test("“it was not me”, from a mail and without a session, ends every session and leads to another password", async ({
  browser,
  browserOf,
  signedIn,
}) => {
  const who = await createPerson("Nivo Razafy", "commercial");
  const old = await (await signedIn(who, { own: true })).newPage();
  await old.goto(`${urlOf("commercial")}/dashboard`);
  // A browser that nobody knows, with the right password.
  const stranger = await browser.newContext({ locale: "fr-FR" });
  const page = await stranger.newPage();
  await page.goto(`${urlOf("commercial")}/dashboard`);
  await fillSignIn(page, who.email);
  await expect(page).toHaveURL(`${urlOf("commercial")}/dashboard`);
  await expect(old.getByTestId("toast").filter({ hasText: "Nouvelle connexion à votre compte" })).toBeVisible({
    timeout: 60_000,
  });

  const reader = await (await browserOf()).newPage();
  await followLink(reader, who.email, "Nouvelle connexion à votre compte");
  await expect(reader.getByRole("heading", { name: "Ce n’était pas vous ?" })).toBeVisible();
  await expectAccessibleAtAllWidths(reader, "the page “it was not me”");
  await expect(page).toHaveURL(`${urlOf("commercial")}/dashboard`);
  await reader.getByRole("button", { name: "Mettre mon compte en sécurité" }).dblclick();
  await expect(reader.getByRole("heading", { name: "Nouveau mot de passe" })).toBeVisible();
  await expect(old).toHaveURL(SIGN_IN_PAGE);
  await expect(page).toHaveURL(SIGN_IN_PAGE);
  await fillSignIn(page, who.email);
  await expect(page.getByText("Adresse e-mail ou mot de passe incorrect.")).toBeVisible();
  await stranger.close();

  await reader.getByLabel("Nouveau mot de passe").fill(NEW_PASSWORD);
  await reader.getByRole("button", { name: "Enregistrer le mot de passe" }).click();
  await reader.getByRole("link", { name: "Se connecter à Commercial" }).click();
  await fillSignIn(reader, who.email, NEW_PASSWORD);
  await expect(reader).toHaveURL(`${urlOf("commercial")}/dashboard`);
});

test("another address that an administrator gives is told at the one of before, which can close the account", async ({
  signedIn,
  browserOf,
}) => {
  const who = await createPerson("Haja Rakoto", "commercial");
  await query("UPDATE users SET email_confirmed_at = now() WHERE id = $1", [who.id]);
  const admin = await (await signedIn(ADMIN)).newPage();
  const move = async (email: string) => {
    await admin.goto(`${urlOf("administration")}/console/personnes/${who.id}`);
    await admin.getByRole("textbox", { name: "Adresse e-mail" }).fill(email);
    await admin.getByRole("button", { name: "Enregistrer" }).click();
    await expect(admin.getByText("Enregistré.").first()).toBeVisible();
  };
  const stranger = `${randomUUID()}@exemple.org`;
  await query("UPDATE user_sessions SET proved_at = now() WHERE user_id = $1", [ADMIN.id]);
  await move(stranger);
  const reader = await (await browserOf()).newPage();
  await followLink(reader, who.email, "L’adresse de votre compte a changé");
  await expect(reader.getByText("le compte est fermé : il a maintenant une autre adresse")).toBeVisible();
  await reader.getByRole("button", { name: "Mettre mon compte en sécurité" }).click();
  await expect(reader.getByRole("heading", { name: "Le compte est fermé" })).toBeVisible();
  await expectAccessibleAtAllWidths(reader, "the page of an account that was closed");
  await admin.goto(`${urlOf("administration")}/console/personnes/${who.id}`);
  await expect(admin.getByText("Désactivé").first()).toBeVisible();
});
