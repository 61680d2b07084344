import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { query } from "./forms/scene";
import { expectAccessibleAtAllWidths } from "./support/accessibility";
import { openLive } from "./support/inbox";
import { urlOf } from "./support/instance";
import { ADMIN, PASSWORD, person } from "./support/people";
import { fillSignIn, SIGN_IN_PAGE, signIn } from "./support/sign-in";
import { expectHydrated } from "./support/streamed";
import { expect, test } from "./support/test";

const READER = person("Onja Rabemananjara");
const DEVICES = "/profil/appareils";

test("a device that is ended from another leaves all portals, the other stays, and each application's answer shows", async ({
  signedIn,
  browserOf,
}) => {
  // An application that is down at first, and answers later.
  let isUp = false;
  const erp = createServer((_, response) => response.writeHead(isUp ? 200 : 503).end());
  await new Promise<void>((resolve) => erp.listen(0, resolve));
  const logoutUri = `http://localhost:${(erp.address() as AddressInfo).port}/logout`;
  await query(
    `INSERT INTO clients (id, name, secret_hash, backchannel_logout_uri, scopes) VALUES ('erp-e2e', 'ERP', '-', $1, '{}')
     ON CONFLICT (id) DO UPDATE SET backchannel_logout_uri = $1`,
    [logoutUri],
  );

  const here = await (await signedIn(ADMIN, { own: true })).newPage();
  const there = await browserOf({
    userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
  });
  await signIn(there, ADMIN);
  const tabs = [];
  for (const portal of ["administration", "commercial", "gestion-dossier"] as const) {
    const tab = await there.newPage();
    await openLive(tab, `${urlOf(portal)}/dashboard`);
    tabs.push(tab);
  }
  const [{ id = "" } = {}] = await query<{ id: string }>(
    `SELECT id FROM user_sessions WHERE user_id = $1 AND user_agent LIKE '%Firefox/145%' AND ended_at IS NULL`,
    [ADMIN.id],
  );
  await query("INSERT INTO session_clients (user_session_id, client_id) VALUES ($1, 'erp-e2e')", [id]);

  await openLive(here, `${urlOf("commercial")}/dashboard`);
  await expect(here.getByRole("heading", { name: "Sessions récentes" })).toBeVisible();
  await here.getByRole("link", { name: "Gérer" }).click();
  await expect(here).toHaveURL(`${urlOf("commercial")}${DEVICES}`);
  const device = here.locator(`[data-device="${id}"]`);
  await expect(device).toContainText("Firefox 145 sur Linux");
  await expect(device).toContainText("ERP");
  await expect(here.locator("[data-device]").first()).toContainText("Cet appareil");
  await expectAccessibleAtAllWidths(here, "the devices");
  await here.setViewportSize({ width: 1280, height: 800 });

  // The proof is old: the page asks for one, and comes back.
  await query("UPDATE user_sessions SET proved_at = now() - interval '11 minutes' WHERE user_id = $1", [ADMIN.id]);
  const end = async () => {
    await device.getByRole("button", { name: /^Désactiver/ }).press("Enter");
    await here.getByRole("dialog").getByRole("button", { name: "Désactiver" }).press("Enter");
  };
  await end();
  await here.getByLabel("Votre mot de passe").fill(PASSWORD);
  await here.getByRole("button", { name: "Confirmer" }).click();
  await expect(here).toHaveURL(`${urlOf("commercial")}${DEVICES}`);
  await expect(device).toBeVisible();
  await expectHydrated(here);

  await end();
  for (const tab of tabs) await expect(tab).toHaveURL(SIGN_IN_PAGE);
  for (const tab of tabs) await expect(tab.getByText("déconnecté depuis un autre de vos appareils")).toBeVisible();
  await expectAccessibleAtAllWidths(tabs[0] ?? here, "the sign-in form after an end");

  await expect(device).toContainText("Désactivé depuis un autre appareil");
  // The button is gone with its row: Tab goes on from the page's content.
  await expect(here.locator("#main")).toBeFocused();
  await expect(device.locator('[data-logout="ERP"]')).toContainText("nouvelle tentative");
  await expect(device.locator('[data-logout="MGS Commercial"], [data-logout="Commercial"]')).toContainText(/\d+ ms/);
  isUp = true;
  await expect(device.locator('[data-logout="ERP"]')).toContainText(/ERP\s:\s\d+\sms/, { timeout: 60_000 });
  await expectAccessibleAtAllWidths(here, "the history of devices");

  // Nothing of it touched this device.
  await here.goto(`${urlOf("gestion-dossier")}${DEVICES}`);
  await expectHydrated(here);
  await here
    .locator(`[data-device="${id}"]`)
    .getByRole("button", { name: /^Supprimer/ })
    .click();
  await here.getByRole("dialog").getByRole("button", { name: "Supprimer" }).click();
  await expect(here.locator(`[data-device="${id}"]`)).toHaveCount(0);
  erp.closeAllConnections();
  erp.close();
});

test("all other devices end at once, a session that is over leaves by itself, and the person comes back", async ({
  signedIn,
  browserOf,
}) => {
  const here = await (await signedIn(READER, { own: true })).newPage();
  const there = await browserOf();
  await signIn(there, READER);
  const other = await there.newPage();
  await openLive(other, `${urlOf("commercial")}/profil`);
  await here.goto(`${urlOf("commercial")}${DEVICES}`);
  await expectHydrated(here);
  await here.getByRole("button", { name: "Déconnecter tous les autres" }).click();
  await here.getByRole("dialog").getByRole("button", { name: "Déconnecter tous les autres" }).click();
  await expect(other).toHaveURL(SIGN_IN_PAGE);
  await expect(here.getByRole("button", { name: "Déconnecter tous les autres" })).toHaveCount(0);
  await fillSignIn(other, READER.email);
  await expect(other).toHaveURL(`${urlOf("commercial")}/profil`);
});
