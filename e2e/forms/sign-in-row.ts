import { expect } from "@playwright/test";
import { urlOf } from "../support/instance";
import { PASSWORD } from "../support/people";
import { SIGN_IN_PAGE } from "../support/sign-in";
import { countFromNow, isCall, type Scene, type Stage } from "./scene";

export async function signIn({ browserOf, people: { signer } }: Stage): Promise<Scene> {
  const page = await (await browserOf()).newPage();
  await page.goto(`${urlOf("commercial")}/dashboard`);
  await expect(page).toHaveURL(SIGN_IN_PAGE);
  // The page's scripts run.
  await expect(page.getByRole("button", { name: "Afficher le mot de passe" })).toBeVisible();
  const password = page.locator('input[name="password"]');
  await page.locator('input[name="email"]').fill(signer.email);
  await password.fill(PASSWORD);
  return {
    page,
    control: page.locator('button[type="submit"]'),
    showsPending: true,
    isPost: isCall("POST", /^\/interaction\/[^/]+\/login$/),
    effects: await countFromNow("SELECT count(*) FROM user_sessions WHERE user_id = $1 AND ended_at IS NULL", [
      signer.id,
    ]),
    expectDone: () => expect(page).toHaveURL(`${urlOf("commercial")}/dashboard`),
    noAnswer: page.getByText("La connexion n’a pas abouti. Vérifiez le réseau et réessayez."),
    refuse: () => password.fill("une autre phrase"),
    refused: page.getByText("Adresse e-mail ou mot de passe incorrect."),
  };
}
