import type { Page } from "@playwright/test";
import { query } from "./forms/scene";
import { expectAccessibleAtAllWidths } from "./support/accessibility";
import { createPerson } from "./support/cli";
import { openBell, openLive, toasts } from "./support/inbox";
import { urlOf } from "./support/instance";
import { mailTo } from "./support/mailbox";
import { ADMIN, PASSWORD } from "./support/people";
import { expect, test } from "./support/test";

const banner = (page: Page) => page.getByTestId("impersonation");

test("an administrator acts in a person's name, under both names, and is themself again by the button and by time", async ({
  signedIn,
}) => {
  const person = await createPerson(`Aide ${Date.now()}`, "comptable");
  const theirs = await (await signedIn(person, { own: true })).newPage();
  await openLive(theirs, `${urlOf("commercial")}/dashboard`);

  const browser = await signedIn(ADMIN, { own: true });
  const page = await browser.newPage();
  const personPage = `${urlOf("administration")}/console/personnes/${person.id}`;
  const otherTab = await browser.newPage();
  await openLive(otherTab, `${urlOf("administration")}/dashboard`);

  // Nobody acts in an administrator's name, nor in their own.
  await page.goto(`${urlOf("administration")}/console/personnes/${ADMIN.id}`);
  await expect(page.getByRole("heading", { level: 1, name: ADMIN.name })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Assistance" })).toHaveCount(0);

  // It asks for a reason, and for a fresh proof; the reason stays.
  await page.goto(personPage);
  await expectAccessibleAtAllWidths(page, "the page of a person in whose name one may act");
  const start = page.getByRole("button", { name: "Agir en son nom" });
  await start.click();
  await expect(page.getByRole("textbox", { name: "Motif" })).toBeFocused();
  await page.getByRole("textbox", { name: "Motif" }).fill("Ticket 12 : facture introuvable");
  await query("UPDATE user_sessions SET proved_at = now() - interval '11 minutes' WHERE user_id = $1", [ADMIN.id]);
  await start.click();
  await page.getByLabel("Votre mot de passe").fill(PASSWORD);
  await page.getByRole("button", { name: "Confirmer" }).click();
  await expect(page).toHaveURL(personPage);
  await expect(page.getByRole("textbox", { name: "Motif" })).toHaveValue("Ticket 12 : facture introuvable");
  await start.click();
  await expect(page).toHaveURL(`${urlOf("commercial")}/dashboard`);

  // Every portal names both, also the one that the person may not open; tabs that were open follow.
  await expect(banner(page)).toContainText(`Vous agissez au nom de ${person.name}`);
  await expect(banner(page)).toContainText(ADMIN.name);
  await expect(banner(page)).toContainText("encore 30 min");
  await expectAccessibleAtAllWidths(page, "a dashboard in another person's name");
  await expect(banner(otherTab)).toContainText(person.name);
  await expect(otherTab.getByRole("heading", { level: 1 })).toContainText("Administration");
  await otherTab.goto(`${urlOf("administration")}/profil/mot-de-passe`);
  await expect(banner(otherTab)).toContainText(person.name);
  await expectAccessibleAtAllWidths(otherTab, "the password in another person's name");

  // No change of credentials.
  await otherTab.getByLabel("Mot de passe actuel").fill(PASSWORD);
  await otherTab.getByLabel("Nouveau mot de passe").fill("trois lampes vertes ici");
  await otherTab.locator('main button[type="submit"]').click();
  await expect(otherTab.getByText("pas possible pendant que vous agissez au nom de quelqu’un")).toBeVisible();

  // A change of the inbox is refused with its reason, and undone.
  await openLive(otherTab, `${urlOf("commercial")}/notifications`);
  const listed = otherTab.getByRole("main").locator("[data-notification]");
  await listed.first().getByRole("button", { name: "Archiver" }).click();
  await expect(toasts(otherTab, "La modification n’a pas été enregistrée.")).toContainText(
    "pas possible pendant que vous agissez au nom de quelqu’un",
  );
  await expect(listed).not.toHaveCount(0);

  // The person is told in their own browser, who and why; what the administrator opens stays unread.
  await openLive(page, `${urlOf("gestion-dossier")}/dashboard`);
  await expect(banner(page)).toContainText(person.name);
  await expect(theirs.getByTestId("bell")).toHaveAttribute("data-count", /[1-9]/);
  const panel = await openBell(theirs);
  await expect(panel).toContainText("Un administrateur agit en votre nom");
  await expect(panel).toContainText(ADMIN.name);
  await expect(panel).toContainText("Ticket 12");
  expect((await mailTo(person.email, "Un administrateur agit en votre nom")).text).toContain("Ticket 12");

  // An act is written with both names.
  const answer = await page.request.patch(`${urlOf("commercial")}/api/me`, {
    headers: { origin: urlOf("commercial") },
    data: { theme: "system" },
  });
  expect(answer.status()).toBe(200);
  const acts = await query<{ actor: string; impersonator_id: number; details: object }>(
    `SELECT actor, impersonator_id, details FROM audit_events
     WHERE action = 'impersonation.acted' AND user_id = $1 ORDER BY id`,
    [person.id],
  );
  const both = { actor: `user:${person.id}`, impersonator_id: ADMIN.id };
  // What was refused stands there as well.
  expect(acts).toEqual([
    { ...both, details: { method: "POST", path: "/profil/mot-de-passe" } },
    { ...both, details: { method: "PATCH", path: expect.stringMatching(/^\/api\/notifications\//) } },
    { ...both, details: { method: "PATCH", path: "/api/me" } },
  ]);

  // The button ends it, everywhere, and leads back; the socket of the person's channel is closed.
  await openLive(page, `${urlOf("commercial")}/dashboard`);
  await openLive(otherTab, `${urlOf("gestion-dossier")}/dashboard`);
  await banner(page).getByRole("button", { name: "Terminer" }).click();
  await expect(page).toHaveURL(personPage);
  await expect(banner(page)).toHaveCount(0);
  await expect(otherTab.getByRole("button", { name: new RegExp(ADMIN.name) })).toBeVisible();
  await expect(banner(otherTab)).toHaveCount(0);
  // An open page follows the next start by itself; that navigation must not meet one of this test.
  await otherTab.goto("about:blank");
  await page.getByRole("link", { name: "Voir le journal" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Journal");
  await expect(page.getByText(`${ADMIN.name} au nom d’${person.name}`).first()).toBeVisible();
  await expect(page.getByText(/a cessé d’agir au nom d’/).first()).toBeVisible();

  // The form works without scripts as well, and time ends it in a page that stands open.
  await page.goto(personPage);
  await page.getByRole("textbox", { name: "Motif" }).fill("Encore");
  await page.getByRole("button", { name: "Agir en son nom" }).click();
  await expect(page).toHaveURL(`${urlOf("commercial")}/dashboard`);
  await openLive(otherTab, `${urlOf("gestion-dossier")}/dashboard`);
  await expect(banner(otherTab)).toBeVisible();
  // An open page leaves by itself when it hears of the end; that navigation must not meet the one of this test.
  await page.goto("about:blank");
  await query("UPDATE impersonations SET expires_at = now() WHERE user_id = $1 AND ended_at IS NULL", [person.id]);
  await page.goto(`${urlOf("commercial")}/dashboard`);
  await expect(banner(page)).toHaveCount(0);
  await expect(page.getByRole("button", { name: new RegExp(ADMIN.name) })).toBeVisible();
  await expect(banner(otherTab)).toHaveCount(0);
  await expect(otherTab.getByRole("button", { name: new RegExp(ADMIN.name) })).toBeVisible();
  const ended = await query<{ end_reason: string }>(
    "SELECT end_reason FROM impersonations WHERE user_id = $1 ORDER BY started_at",
    [person.id],
  );
  expect(ended.map(({ end_reason }) => end_reason)).toEqual(["ended", "expired"]);
  // The person's own browser was theirs all along.
  await theirs.reload();
  await expect(banner(theirs)).toHaveCount(0);
  await expect(theirs.getByRole("button", { name: new RegExp(person.name) })).toBeVisible();
});
