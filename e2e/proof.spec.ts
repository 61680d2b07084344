import { connect } from "./bad-input/database";
import { expectAccessibleAtAllWidths } from "./support/accessibility";
import { urlOf } from "./support/instance";
import { COMMERCIAL, PASSWORD } from "./support/people";
import { expect, test } from "./support/test";

test("a person proves who they are by their password, once at a time, and comes back to the portal's page", async ({
  signedIn,
}) => {
  const page = await (await signedIn(COMMERCIAL, { own: true })).newPage();
  const back = `${urlOf("commercial")}/profil`;
  await page.goto(`${urlOf("commercial")}/preuve?retour=/profil`);
  await expect(page).toHaveURL(`${urlOf("administration")}/preuve?retour=${encodeURIComponent(back)}`);
  await expectAccessibleAtAllWidths(page, "the proof of identity");
  const password = page.getByLabel("Votre mot de passe");

  await password.fill("ce n'est pas celui-ci");
  await page.getByRole("button", { name: "Confirmer" }).click();
  await expect(page.getByText("Ce mot de passe est incorrect.")).toBeVisible();
  await expect(password).toBeFocused();

  // The answer is lost, and the person presses again.
  let posts = 0;
  await page.route("**/preuve*", async (route, request) => {
    if (request.method() !== "POST") return route.fallback();
    posts += 1;
    if (posts === 1) return route.abort("connectionreset");
    await route.fallback();
  });
  await password.fill(PASSWORD);
  await page.getByRole("button", { name: "Confirmer" }).click();
  await expect(page.getByText("Aucune réponse n’est arrivée.")).toBeVisible();
  await expect(password).toHaveValue(PASSWORD);
  await page.getByRole("button", { name: "Confirmer" }).dblclick();
  await expect(page).toHaveURL(back);
  expect(posts).toBe(2);

  const database = await connect();
  const { rows } = await database.query<{ fresh: boolean }>(
    `SELECT proved_at > created_at AS fresh FROM user_sessions
     WHERE user_id = $1 AND ended_at IS NULL ORDER BY created_at DESC LIMIT 1`,
    [COMMERCIAL.id],
  );
  await database.end();
  expect(rows).toEqual([{ fresh: true }]);

  // No link leads from the password to another site.
  await page.goto(`${urlOf("administration")}/preuve?retour=https://ailleurs.example/`);
  await page.getByLabel("Votre mot de passe").fill(PASSWORD);
  await page.getByRole("button", { name: "Confirmer" }).click();
  await expect(page).toHaveURL(`${urlOf("administration")}/dashboard`);
});
