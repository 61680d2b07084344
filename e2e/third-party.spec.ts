import * as oidc from "openid-client";
import { urlOf } from "./support/instance";
import { authorizationRequest, userToken } from "./support/oauth";
import { PASSWORD, person } from "./support/people";
import { fillSignIn, SIGN_IN_PAGE } from "./support/sign-in";
import { expect, test } from "./support/test";

test("a third-party client asks for consent once, and then acts for the person", async ({ browserOf, thirdParty }) => {
  const who = person("Fanja Raharinirina");
  const page = await (await browserOf()).newPage();
  const { url, finish } = await authorizationRequest(thirdParty);
  await page.goto(url);
  await expect(page).toHaveURL(SIGN_IN_PAGE);
  await expect(page.getByText(`Pour continuer vers ${thirdParty.name}`)).toBeVisible();
  await fillSignIn(page, who.email, PASSWORD);
  await expect(page.getByRole("heading", { level: 1, name: `Autoriser ${thirdParty.name}` })).toBeVisible();
  await expect(page.getByText(who.email)).toBeVisible();
  // The consent page explains every scope.
  for (const right of [
    "savoir qui vous êtes",
    "lire votre nom, votre rôle et vos préférences",
    "changer vos préférences : langue, thème et fuseau horaire",
    "lire votre adresse e-mail",
    "lire vos notifications et les recevoir en direct",
    "marquer vos notifications comme lues, les archiver et les supprimer",
    "envoyer des notifications en votre nom",
    "voir vos collègues : nom, adresse e-mail, rôle, et qui est en ligne",
  ])
    await expect(page.getByText(right, { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Autoriser" }).click();
  await expect(page.getByRole("heading", { name: "Tiers" })).toBeVisible();

  const tokens = await finish(page.url());
  expect(tokens.claims()).toMatchObject({ sub: String(who.id), email: who.email });
  const info = await oidc.fetchUserInfo(thirdParty.config, tokens.access_token, String(who.id));
  expect(info.name).toBe(who.name);

  const again = await authorizationRequest(thirdParty);
  await page.goto(again.url);
  await expect(page.getByRole("heading", { name: "Tiers" })).toBeVisible();

  // The client starts a logout with the ID token, and the person confirms it.
  const out = oidc.buildEndSessionUrl(thirdParty.config, { id_token_hint: tokens.id_token ?? "" });
  await page.goto(out.href);
  await page.getByRole("button", { name: "Se déconnecter" }).click();
  await expect(page).toHaveURL(`${urlOf("administration")}/logout/termine`);
  await page.goto(`${urlOf("commercial")}/dashboard`);
  await expect(page).toHaveURL(SIGN_IN_PAGE);
  await expect(oidc.fetchUserInfo(thirdParty.config, tokens.access_token, String(who.id))).rejects.toThrow();
});

test("a refused consent returns to the client as access_denied", async ({ signedIn, thirdParty }) => {
  const page = await (await signedIn(person("Tiana Rakotondrabe"))).newPage();
  // Asked whatever was remembered of an earlier answer.
  const { url } = await authorizationRequest(thirdParty, { prompt: "consent" });
  await page.goto(url);
  await page.getByRole("button", { name: "Refuser" }).click();
  await expect(page.getByRole("heading", { name: "Tiers" })).toBeVisible();
  expect(new URL(page.url()).searchParams.get("error")).toBe("access_denied");
});

test("an unregistered redirect URI gets no redirect", async ({ signedIn, thirdParty }) => {
  const page = await (await signedIn(person("Tiana Rakotondrabe"))).newPage();
  for (const redirect_uri of [`${thirdParty.redirectUri}/plus`, "https://evil.example/retour"]) {
    const { url } = await authorizationRequest(thirdParty, { redirect_uri });
    await page.goto(url);
    await expect(page).toHaveURL(new RegExp(`^${urlOf("administration")}/login/erreur`));
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  }
  const logout = oidc.buildEndSessionUrl(thirdParty.config, { post_logout_redirect_uri: "https://evil.example/" });
  await page.goto(logout.href);
  expect(new URL(page.url()).origin).toBe(urlOf("administration"));
});

test("a revoked token is refused at once", async ({ signedIn, thirdParty }) => {
  const token = await userToken(await signedIn(person("Tiana Rakotondrabe")), thirdParty);
  const count = () =>
    fetch(`${urlOf("commercial")}/api/notifications/unread-count`, { headers: { authorization: `Bearer ${token}` } });
  expect((await count()).status).toBe(200);
  await oidc.tokenRevocation(thirdParty.config, token);
  expect((await count()).status).toBe(401);
});
