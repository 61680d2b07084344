import * as oidc from "openid-client";
import { expectAccessible, WIDTHS_PX } from "./support/accessibility";
import { createPerson } from "./support/cli";
import { de } from "./support/french";
import { toasts } from "./support/inbox";
import { urlOf } from "./support/instance";
import { authorizationRequest } from "./support/oauth";
import { PASSWORD } from "./support/people";
import { fillSignIn, SIGN_IN_PAGE } from "./support/sign-in";
import { expect, test } from "./support/test";

test("a consent is given, outlives the sign-in, and is withdrawn from any portal", async ({
  browserOf,
  thirdParty,
}) => {
  const who = await createPerson("Zo Rabarison", "commercial");
  const page = await (await browserOf()).newPage();
  const ask = async () => {
    const request = await authorizationRequest(thirdParty);
    await page.goto(request.url);
    return request;
  };
  const first = await ask();
  await fillSignIn(page, who.email, PASSWORD);
  await page.getByRole("button", { name: "Autoriser" }).click();
  await expect(page.getByRole("heading", { name: "Tiers" })).toBeVisible();
  await first.finish(page.url());

  // The next sign-in asks for the password alone.
  await page.goto(`${urlOf("administration")}/logout`);
  await page.getByRole("button", { name: "Se déconnecter" }).click();
  await expect(page).toHaveURL(/\/logout\/termine$/);
  const second = await ask();
  await expect(page).toHaveURL(SIGN_IN_PAGE);
  await fillSignIn(page, who.email, PASSWORD);
  await expect(page.getByRole("heading", { name: "Tiers" })).toBeVisible();
  const tokens = await second.finish(page.url());
  const read = () => oidc.fetchUserInfo(thirdParty.config, tokens.access_token, String(who.id));
  expect((await read()).email).toBe(who.email);

  await page.goto(`${urlOf("commercial")}/profil`);
  await page.getByRole("link", { name: "Applications autorisées" }).click();
  const consent = page.locator("[data-consent]");
  await expect(consent).toContainText(thirdParty.name);
  await expect(consent).toContainText("lire votre adresse e-mail");
  for (const width of WIDTHS_PX) {
    await page.setViewportSize({ width, height: 800 });
    await expectAccessible(page, "/profil/applications");
  }
  await consent.getByRole("button", { name: `Retirer l’accès ${de(thirdParty.name)}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Retirer l’accès" }).click();
  await expect(toasts(page, `${thirdParty.name} n’a plus accès à votre compte.`)).toBeVisible();
  await expect(page.getByText("Aucune application")).toBeVisible();
  await expect(read()).rejects.toThrow();
  await expect(oidc.refreshTokenGrant(thirdParty.config, tokens.refresh_token ?? "")).rejects.toMatchObject({
    error: "invalid_grant",
  });

  // The person is signed in all the while, and is asked anew.
  await ask();
  await expect(page.getByRole("heading", { level: 1, name: `Autoriser ${thirdParty.name}` })).toBeVisible();
});
