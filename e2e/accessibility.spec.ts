import { expectAccessible, expectAccessibleAtAllWidths, WIDTHS_PX } from "./support/accessibility";
import { de } from "./support/french";
import { openBell, openLive, toasts } from "./support/inbox";
import { urlOf } from "./support/instance";
import { send, uniqueTitre } from "./support/notifications";
import { authorizationRequest } from "./support/oauth";
import { ADMIN, COMMERCIAL, person } from "./support/people";
import { watchProblems } from "./support/problems";
import { fillSignIn, SIGN_IN_PAGE } from "./support/sign-in";
import { expect, test } from "./support/test";

const LONG = "Un-mot-sans-la-moindre-espace-qui-ne-tient-sur-aucun-écran-de-téléphone".repeat(2);

test("pages of the portals pass axe in light and dark, at every width", async ({ signedIn, machine }) => {
  test.setTimeout(900_000);
  await send(machine, ADMIN, { titre: uniqueTitre(LONG), message: `${LONG}\n\nDeux paragraphes.` });
  const context = await signedIn(ADMIN);
  const problems = watchProblems(context);
  const page = await context.newPage();
  const [commercial, administration] = [urlOf("commercial"), urlOf("administration")];
  const addresses = [
    `${administration}/dashboard`,
    `${administration}/notifications/send`,
    `${administration}/console/notifications?state=delivered&type=essai`,
    `${administration}/console/notifications?recipient=ra`,
    `${administration}/console/files-d-attente`,
    `${administration}/console/temps-reel`,
    `${administration}/console/sante`,
    `${commercial}/dashboard`,
    `${urlOf("gestion-dossier")}/dashboard`,
    `${commercial}/notifications`,
    `${commercial}/notifications?filter=unread`,
    `${commercial}/notifications?filter=archived`,
    `${commercial}/notifications/send`,
    `${commercial}/profil`,
    `${commercial}/logout`,
    `${administration}/logout`,
  ];
  for (const address of addresses) {
    await page.goto(address);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.getByRole("main").locator('[aria-busy="true"]')).toHaveCount(0);
    await expectAccessibleAtAllWidths(page, address);
  }
  expect(problems).toEqual([]);

  await page.goto(`${commercial}/nulle-part`);
  await expect(page.getByRole("heading", { level: 1, name: "Page introuvable" })).toBeAttached();
  await expectAccessibleAtAllWidths(page, "a page that does not exist");
});

for (const width of WIDTHS_PX) {
  test(`panels, menus, dialogs and toasts pass axe: ${width} px`, async ({ signedIn, machine }) => {
    const who = person("Onja Rabemananjara");
    const context = await signedIn(who, { viewport: { width, height: 800 } });
    const problems = watchProblems(context);
    const page = await context.newPage();
    await openLive(page, `${urlOf("commercial")}/dashboard`);

    const sent = await send(machine, who, { titre: uniqueTitre(LONG), url: "/dashboard" });
    await expect(toasts(page, sent.titre)).toBeVisible();
    await toasts(page, sent.titre).hover();
    await expectAccessible(page, `a toast`);
    await toasts(page, sent.titre).getByRole("button").click();
    await expect(toasts(page)).toHaveCount(0);

    const panel = await openBell(page);
    await expect(panel.getByText(sent.titre)).toBeVisible();
    await expectAccessible(page, `the bell's panel`);
    await page.keyboard.press("Escape");
    await expect(panel).toHaveCount(0);

    await page.getByRole("button", { name: `Menu ${de(who.name)}` }).click();
    await expect(page.getByRole("menu")).toBeVisible();
    await expectAccessible(page, `the user menu`);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("menu")).toHaveCount(0);

    await page.getByRole("button", { name: /Changer de portail/ }).click();
    await expect(page.getByRole("menu")).toBeVisible();
    await expectAccessible(page, `the app switcher`);
    expect(problems).toEqual([]);
  });
}

test("pages outside the shell pass axe", async ({ browserOf, signedIn, thirdParty }) => {
  const visitor = await browserOf();
  const problems = watchProblems(visitor);
  const page = await visitor.newPage();
  await page.goto(`${urlOf("commercial")}/dashboard`);
  await expect(page).toHaveURL(SIGN_IN_PAGE);
  await expectAccessibleAtAllWidths(page, `sign-in`);
  await page.goto(`${urlOf("administration")}/logout/termine`);
  await expectAccessibleAtAllWidths(page, `signed out`);
  for (const portal of ["administration", "commercial"] as const) {
    await page.goto(`${urlOf(portal)}/login/erreur?error=access_denied`);
    await expectAccessibleAtAllWidths(page, `a sign-in that failed at ${portal}`);
  }
  expect(problems).toEqual([]);
  await page.goto(`${urlOf("commercial")}/dashboard`);
  await fillSignIn(page, person("Hanitra Rasoarimalala").email, "pas le bon");
  await expect(page.locator("form").getByRole("alert")).toBeVisible();
  await expectAccessibleAtAllWidths(page, `a refused sign-in`);

  const member = await signedIn(COMMERCIAL);
  const inside = await member.newPage();
  for (const portal of ["administration", "gestion-dossier"] as const) {
    await inside.goto(`${urlOf(portal)}/dashboard`);
    await expect(inside.getByRole("heading", { level: 1 })).toContainText("n’est pas ouvert à votre rôle");
    await expectAccessibleAtAllWidths(inside, `refused at ${portal}`);
  }
  await inside.goto((await authorizationRequest(thirdParty, { prompt: "consent" })).url);
  await expect(inside.getByRole("heading", { level: 1 })).toContainText(thirdParty.name);
  await expectAccessibleAtAllWidths(inside, `consent`);
});
