import { expectAccessible, WIDTHS_PX } from "./support/accessibility";
import { urlOf } from "./support/instance";
import { ADMIN } from "./support/people";
import { expectHydrated } from "./support/streamed";
import { expect, test } from "./support/test";

const APPLICATIONS = () => `${urlOf("administration")}/console/applications`;

/** Whether a secret opens: the endpoint tells a client that may ask nothing about a token which is none. */
async function opens(clientId: string, secret: string): Promise<boolean> {
  const answer = await fetch(`${urlOf("administration")}/oauth/introspect`, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString("base64")}` },
    body: new URLSearchParams({ token: "x".repeat(43) }),
  });
  expect([200, 401]).toContain(answer.status);
  return answer.status === 200;
}

test("an application is registered, its secret shown once and rotated with overlap, edited, and revoked", async ({
  signedIn,
}) => {
  const page = await (await signedIn(ADMIN, { own: true })).newPage();
  await page.goto(APPLICATIONS());
  await expect(page.getByRole("row", { name: /Commercial/ })).toContainText("Portail");
  await page.getByRole("link", { name: "Nouvelle application" }).click();
  const name = `Agenda ${Date.now()}`;
  await page.getByLabel("Nom", { exact: true }).fill(name);
  const addresses = page.getByLabel("Adresses de retour après la connexion");
  await addresses.fill("https://agenda.example/retour\nhttp://agenda.example/retour");
  await page.getByLabel("Dispenser de PKCE").check();
  await expect(page.getByText(/Affaiblit la connexion/)).toBeVisible();
  const submit = page.getByRole("button", { name: "Enregistrer l’application" });
  await submit.click();
  await expect(page.getByText(/Utilisez https/)).toBeVisible();
  await addresses.fill("https://agenda.example/retour");
  await submit.click();
  await expect(page.getByText("Copiez le secret maintenant")).toBeVisible();
  const [id = "", first = ""] = await page.locator("code").allTextContents();
  expect(await opens(id, first)).toBe(true);
  await expectAccessible(page, "the secret of a new application");

  // The secret is nowhere else: neither on the client's page, nor behind the back button.
  await page.getByRole("link", { name: "Ouvrir la fiche de l’application" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await expect(page.getByText("Sans PKCE")).toBeVisible();
  expect(await page.content()).not.toContain(first);
  await page.goBack();
  await expect(page.getByLabel("Nom", { exact: true })).toHaveValue("");
  await page.goto(`${APPLICATIONS()}/${id}`);

  // Both secrets open for the time that was set.
  await page.getByLabel("L’ancien secret reste valable").selectOption("3600");
  await page.getByRole("button", { name: "Renouveler le secret" }).click();
  await expect(page.getByText("Copiez le secret maintenant")).toBeVisible();
  const second = (await page.locator("code.select-all").allTextContents())[1] ?? "";
  expect(second).not.toBe(first);
  expect([await opens(id, first), await opens(id, second)]).toEqual([true, true]);
  await page.getByRole("button", { name: "Y mettre fin maintenant" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Y mettre fin maintenant" }).click();
  await expect(page.getByText("L’ancien secret n’est plus valable.")).toBeVisible();
  expect([await opens(id, first), await opens(id, second)]).toEqual([false, true]);

  // Of two people who edit at one time the second is told, and keeps what was typed.
  const other = await page.context().newPage();
  await other.goto(`${APPLICATIONS()}/${id}`);
  await other.getByLabel("Nom", { exact: true }).fill(`${name} bis`);
  await page.getByLabel("Nom", { exact: true }).fill(`${name} ter`);
  await page.getByRole("button", { name: "Enregistrer", exact: true }).click();
  await expect(page.getByText(/valable dès la prochaine requête/)).toBeVisible();
  await other.getByRole("button", { name: "Enregistrer", exact: true }).click();
  await expect(other.getByText(/a modifié cette application entre-temps/)).toBeVisible();
  await expect(other.getByLabel("Nom", { exact: true })).toHaveValue(`${name} bis`);
  await other.close();

  await page.goto(`${APPLICATIONS()}?search=${encodeURIComponent(`${name} ter`)}`);
  await expect(page.locator("[data-client]")).toHaveCount(1);
  for (const width of WIDTHS_PX) {
    await page.setViewportSize({ width, height: 800 });
    for (const path of ["", "/nouvelle", `/${id}`, "/commercial"]) {
      await page.goto(`${APPLICATIONS()}${path}`);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expectAccessible(page, `/console/applications${path.replace(id, "{id}")}`);
    }
  }
  await expect(page.getByText(/C’est le client d’un portail/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Révoquer l’application" })).toHaveCount(0);

  await page.goto(`${APPLICATIONS()}/${id}`);
  await expectHydrated(page);
  await page.getByRole("button", { name: "Révoquer l’application" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Révoquer" }).click();
  await expect(page.getByText(/Cette application est révoquée/)).toBeVisible();
  expect(await opens(id, second)).toBe(false);
});
