import type { Page } from "@playwright/test";
import { connect } from "./bad-input/database";
import { expectAccessibleAtAllWidths } from "./support/accessibility";
import { de } from "./support/french";
import { openLive, toasts } from "./support/inbox";
import { urlOf } from "./support/instance";
import { ADMIN, COMMERCIAL, person } from "./support/people";
import { whilePaused } from "./support/processes";
import { expectHydrated } from "./support/streamed";
import { expect, test } from "./support/test";

const PAGE = () => `${urlOf("administration")}/console/temps-reel`;
/** Looks in the page's main part: React streams parts of a page as hidden elements outside of it. */
const within = (page: Page, selector: string) => page.getByRole("main").locator(selector);
const DASHBOARD = () => `${urlOf("commercial")}/dashboard`;

test("the realtime figures update while the page is open, and the page shows when the server is away", async ({
  signedIn,
}) => {
  const page = await (await signedIn(ADMIN)).newPage();
  await openLive(page, PAGE());
  const connections = within(page, '[data-figure="Connexions"]');
  // The socket of this page alone: sockets of earlier tests are closed by then.
  await expect(connections.locator("p").first()).toHaveText("1");
  await expect(page.getByRole("img", { name: /^Messages envoyés, depuis l’ouverture de cette page/ })).toBeVisible();
  await expect(within(page, "[data-replica]")).toHaveCount(1);
  await expect(within(page, "[data-replica]")).toContainText("processus");

  const other = await (await signedIn(person("Onja Rabemananjara"))).newPage();
  await openLive(other, DASHBOARD());
  await expect(connections.locator("p").first()).toHaveText("2");

  await whilePaused("realtime-server", async () => {
    await expect(page.getByText("Le serveur temps réel ne répond pas.").first()).toBeVisible({ timeout: 30_000 });
    await expect(connections.locator("p").first()).toHaveText("–");
    await expectAccessibleAtAllWidths(page, "the realtime page without its server");
  });
  await expect(page.getByText("Le serveur temps réel ne répond pas.")).toHaveCount(0, { timeout: 30_000 });
  await expect(connections).toContainText(/[1-9]/);
});

test("a channel is found by its name and shows its members, and a test event arrives there", async ({ signedIn }) => {
  const reader = person("Onja Rabemananjara");
  const theirs = await (await signedIn(reader)).newPage();
  const frames: string[] = [];
  theirs.on("websocket", (socket) => socket.on("framereceived", ({ payload }) => frames.push(String(payload))));
  await openLive(theirs, DASHBOARD());

  const page = await (await signedIn(ADMIN)).newPage();
  await openLive(page, PAGE());
  await page.getByLabel("Début du nom").fill("presence-on");
  await page.getByRole("button", { name: "Chercher" }).first().click();
  await expect(page).toHaveURL(/prefix=presence-on/);
  await expect(within(page, "[data-channel]")).toHaveCount(1);
  await page.getByRole("link", { name: "presence-online-users" }).click();
  await expect(within(page, `[data-member="${reader.id}"]`)).toContainText(reader.name);
  await expectAccessibleAtAllWidths(page, "who is in a channel");
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole("link", { name: "Tous les canaux" }).click();
  await expect(within(page, "[data-channel]")).toHaveCount(1);

  await openLive(page, `${PAGE()}?channel=private-App.Models.User.${reader.id}`);
  await expect(page.getByText("Le protocole ne dit pas")).toBeVisible();
  await page.getByRole("link", { name: reader.name }).click();
  await expect(within(page, `[data-person="${reader.id}"]`)).toContainText(/Appareils en direct[1-9]/);

  await page.getByLabel("Données").fill("{ non");
  await page.getByLabel("Événement", { exact: true }).fill("pusher:error");
  await page.getByRole("button", { name: "Envoyer l’événement" }).click();
  await expect(page.getByText("Ce texte n’est pas un JSON valide.")).toBeVisible();
  await expect(page.getByLabel("Événement", { exact: true })).toBeFocused();
  await expectAccessibleAtAllWidths(page, "a test event with errors");
  await page.getByLabel("Événement", { exact: true }).fill("mgs.test");
  await page.getByLabel("Données").fill('{ "essai": 1 }');
  await page.getByRole("button", { name: "Envoyer l’événement" }).click();
  await expect(page.getByText(/^Envoyé sur private-App\.Models\.User/)).toBeVisible();
  await expect.poll(() => frames.some((frame) => frame.includes("mgs.test"))).toBe(true);
  expect(frames.find((frame) => frame.includes("mgs.test"))).toContain("essai");
});

test("a person's connections are closed after a question, by keyboard, without signing anybody out", async ({
  signedIn,
}) => {
  const reader = person("Julien Moreau");
  const theirs = await (await signedIn(reader)).newPage();
  const closed = new Promise<void>((resolve) => {
    theirs.on("websocket", (socket) => socket.on("close", () => resolve()));
  });
  await openLive(theirs, DASHBOARD());

  const page = await (await signedIn(ADMIN)).newPage();
  await openLive(page, PAGE());
  await page.getByLabel("Nom ou adresse e-mail").fill("moreau");
  await page.keyboard.press("Enter");
  await expect(within(page, `[data-person="${reader.id}"]`)).toBeVisible();
  await expectHydrated(page);
  const cut = page.getByRole("button", { name: `Couper les connexions ${de(reader.name)}` });
  await cut.press("Enter");
  await expect(page.getByRole("dialog")).toContainText("Sa session reste ouverte");
  await page.keyboard.press("Escape");
  await expect(cut).toBeFocused();
  await cut.press("Enter");
  await page.getByRole("dialog").getByRole("button", { name: "Couper les connexions" }).press("Enter");
  await expect(toasts(page, `Connexions ${de(reader.name)} coupées sur un appareil.`)).toBeVisible();
  await closed;
  await expect(within(page, `[data-person="${reader.id}"]`)).toContainText(/Appareils en direct0/);

  await openLive(theirs, DASHBOARD());
  const database = await connect();
  try {
    const { rows } = await database.query(
      "SELECT actor FROM audit_events WHERE action = 'realtime.user-disconnected' AND subject = $1",
      [String(reader.id)],
    );
    expect(rows).toContainEqual({ actor: `user:${ADMIN.id}` });
  } finally {
    await database.end();
  }
});

test("the realtime page is refused to other roles", async ({ signedIn }) => {
  const { request } = await signedIn(COMMERCIAL);
  const text = await (await request.get(PAGE())).text();
  expect(text).toContain("n’est pas ouvert à votre rôle");
  expect(text).not.toContain("data-channel");
});
