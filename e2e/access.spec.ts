import { urlOf } from "./support/instance";
import { COMMERCIAL } from "./support/people";
import { expect, test } from "./support/test";

for (const [portal, label] of [
  ["gestion-dossier", "Gestion-Dossier"],
  ["administration", "Administration"],
] as const) {
  test(`a role without access to ${portal} gets a page that explains it and links to its own portals`, async ({
    signedIn,
  }) => {
    const context = await signedIn(COMMERCIAL);
    const page = await context.newPage();
    await page.goto(`${urlOf(portal)}/notifications`);
    await expect(page.getByRole("heading", { level: 1, name: `${label} n’est pas ouvert à votre rôle` })).toBeVisible();
    await expect(page.getByTestId("bell")).toHaveCount(0);
    const api = await context.request.get(`${urlOf(portal)}/api/notifications`);
    expect(api.status()).toBe(403);
    expect(await api.json()).toMatchObject({ success: false, error: { code: "PORTAL_REFUSED" } });
    await page.getByRole("link", { name: /Commercial/ }).click();
    await expect(page).toHaveURL(`${urlOf("commercial")}/dashboard`);
  });
}
