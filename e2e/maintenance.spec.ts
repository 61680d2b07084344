import type { Page } from "@playwright/test";
import { connect } from "./bad-input/database";
import { expectAccessibleAtAllWidths } from "./support/accessibility";
import { forgetProofs } from "./support/extra-people";
import { openLive } from "./support/inbox";
import { urlOf } from "./support/instance";
import { ADMIN, COMMERCIAL, PASSWORD } from "./support/people";
import { expectHydrated } from "./support/streamed";
import { expect, test } from "./support/test";

/** Ends whatever maintenance a test has left: all files of a worker share one product. */
async function openPortals(): Promise<void> {
  const database = await connect();
  await database.query("UPDATE maintenances SET ended_at = now(), ended_by = 'test' WHERE ended_at IS NULL");
  await database.end();
}

async function fillMaintenance(page: Page, message: string, startsAt?: string): Promise<void> {
  await page.getByLabel("Message").fill(message);
  if (startsAt !== undefined) await page.getByLabel("Fermer le").fill(startsAt);
  await page.getByLabel("Tapez FERMER pour confirmer").fill("FERMER");
  await page.getByRole("button", { name: "Fermer les portails" }).click();
}

test("a maintenance is announced, closes the portals to everybody but administrators, and open pages recover", async ({
  signedIn,
  browserOf,
}) => {
  const admin = await (await signedIn(ADMIN, { own: true })).newPage();
  const other = await (await signedIn(COMMERCIAL)).newPage();
  const [console, portal] = [urlOf("administration"), urlOf("commercial")];
  try {
    await openLive(other, `${portal}/dashboard`);
    await admin.goto(`${console}/console/maintenance`);
    await expect(admin.getByText("Les portails sont ouverts.")).toBeVisible();
    await expectAccessibleAtAllWidths(admin, "the switch of the maintenance");

    // A proof of identity on the way keeps what was typed, but not the confirmation.
    await forgetProofs(ADMIN);
    await fillMaintenance(admin, "Mise à jour de la base");
    await expect(admin).toHaveURL(/\/preuve\?/);
    await admin.getByLabel("Votre mot de passe").fill(PASSWORD);
    await admin.getByRole("button", { name: "Confirmer" }).click();
    await expect(admin.getByLabel("Message")).toHaveValue("Mise à jour de la base");
    await expect(admin.getByLabel("Tapez FERMER pour confirmer")).toHaveValue("");

    // Announced ahead of its time, live.
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 16);
    await fillMaintenance(admin, "Mise à jour de la base", tomorrow);
    await expect(admin.getByText("La maintenance est annoncée dans tous les portails.")).toBeVisible();
    const banner = other.locator("[data-maintenance]");
    await expect(banner).toContainText("Maintenance prévue le");
    await expect(banner).toContainText("Mise à jour de la base");
    await expect(banner).toHaveAttribute("data-maintenance", "announced");
    expect((await other.request.get(`${portal}/api/me`)).status()).toBe(200);

    await fillMaintenance(admin, "Intervention en cours");
    await expect(banner).toHaveAttribute("data-maintenance", "closed");
    await expect(banner).toContainText("Intervention en cours");
    // Every process has heard of it within some seconds.
    await expect(async () => {
      const answer = await other.request.get(`${portal}/api/me`);
      expect(answer.status()).toBe(503);
      expect(answer.headers()["retry-after"]).toBe("60");
      expect(await answer.json()).toMatchObject({
        success: false,
        error: { code: "MAINTENANCE" },
        data: { message: "Intervention en cours" },
      });
    }).toPass();
    const closed = await (await browserOf()).newPage();
    const answer = await closed.goto(`${portal}/dashboard`);
    expect(answer?.status()).toBe(503);
    await expect(closed.getByRole("heading", { level: 1 })).toHaveText("Maintenance en cours");
    await expectAccessibleAtAllWidths(closed, "the page of the maintenance");
    expect((await closed.request.get(`${portal}/health/ready`)).status()).toBe(200);
    expect((await closed.request.get(`${console}/oauth/jwks`)).status()).toBe(200);

    // Administrators work on, in every portal, and see it.
    await admin.goto(`${portal}/dashboard`);
    await expect(admin.locator("[data-maintenance]")).toContainText("sauf pour l’administration");
    // The server says so itself: nobody reads of a maintenance that is planned before the scripts run.
    const html = await (await admin.request.get(`${console}/dashboard`)).text();
    expect(html).toContain('data-maintenance="closed"');
    await admin.goto(`${console}/console/cles`);
    await expect(admin.locator("[data-state=signing]")).toHaveCount(1);
    await expectAccessibleAtAllWidths(admin, "the signing keys");
    await admin.getByRole("button", { name: "Renouveler" }).click();
    await admin.getByRole("dialog").getByRole("button", { name: "Renouveler" }).click();
    await expect(admin.locator("[data-state=upcoming]")).toHaveCount(1);

    await admin.goto(`${console}/console/maintenance`);
    await expectHydrated(admin);
    await admin.getByRole("button", { name: "Rouvrir les portails" }).press("Enter");
    await admin.getByRole("dialog").getByRole("button", { name: "Rouvrir les portails" }).press("Enter");
    await expect(admin.getByText("Les portails sont ouverts.").first()).toBeVisible();
    await expect(admin.locator("#main")).toBeFocused();
    // The open page and the page of the maintenance go on by themselves.
    await expect(banner).toHaveCount(0);
    await expect(closed).toHaveURL(/\/interaction\//);
    await other.reload();
    await expect(other.getByRole("heading", { level: 1 })).toBeVisible();
  } finally {
    await openPortals();
  }
});
