import type { Page } from "@playwright/test";
import { query } from "./forms/scene";
import { de } from "./support/french";
import { openBell, openLive, row, toasts } from "./support/inbox";
import { urlOf } from "./support/instance";
import { send, uniqueTitre } from "./support/notifications";
import { person } from "./support/people";
import { expect, test } from "./support/test";

const who = person("Naina Randriamampionona");
let page: Page;

test.beforeEach(async ({ signedIn }) => {
  page = await (await signedIn(who)).newPage();
  await openLive(page, `${urlOf("commercial")}/notifications`);
});

test("the user menu works by keyboard", async () => {
  const button = page.getByRole("button", { name: `Menu ${de(who.name)}` });
  const menu = page.getByRole("menu");
  const item = (name: string) =>
    menu.getByRole(/^(Français|English|Clair|Sombre|Comme)/.test(name) ? "menuitemradio" : "menuitem", { name });
  await button.focus();
  await expect(button).toHaveAttribute("aria-expanded", "false");
  await page.keyboard.press("Enter");
  await expect(button).toHaveAttribute("aria-expanded", "true");
  await expect(item("Mon profil")).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(item("Votre statut")).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(item("Français")).toBeFocused();
  await expect(item("Français")).toHaveAttribute("aria-checked", "true");
  await page.keyboard.press("End");
  await expect(item("Se déconnecter")).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(item("Se déconnecter")).toBeFocused();
  await page.keyboard.press("Home");
  await expect(item("Mon profil")).toBeFocused();
  await page.keyboard.type("so");
  await expect(item("Sombre")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(item("Sombre")).toHaveAttribute("aria-checked", "true");
  await item("Comme le système").press(" ");
  await expect(page.locator("html")).not.toHaveAttribute("data-theme");
  await page.keyboard.press("Escape");
  await expect(menu).toHaveCount(0);
  await expect(button).toBeFocused();

  await page.keyboard.press("ArrowUp");
  await expect(item("Se déconnecter")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(menu).toHaveCount(0);
  await expect(button).not.toBeFocused();

  await button.click();
  await expect(menu).toBeFocused();
  await page.getByRole("heading", { level: 1 }).click();
  await expect(menu).toHaveCount(0);
  await button.focus();
  await page.keyboard.press(" ");
  await item("Mon profil").press(" ");
  await expect(page).toHaveURL(/\/profil$/);
  await expect(menu).toHaveCount(0);
});

test("the bell's panel works by keyboard", async () => {
  const bell = page.getByTestId("bell");
  await bell.focus();
  await page.keyboard.press("Enter");
  const panel = page.getByRole("dialog", { name: "Notifications" });
  await expect(panel.locator(":focus")).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(panel).toHaveCount(0);
  await expect(bell).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Shift+Tab");
  await expect(panel).toHaveCount(0);
  await openBell(page);
  await bell.click();
  await expect(panel).toHaveCount(0);
  await bell.click();
  await panel.getByRole("link", { name: "Voir toutes les notifications" }).press("Enter");
  await expect(panel).toHaveCount(0);
  await expect(bell).toBeFocused();
});

test("whoever goes through the list by keyboard stays in it while its rows leave", async ({ machine }) => {
  const main = page.getByRole("main");
  // The newest stands first.
  const { id: third, titre: thirdTitre } = await send(machine, who, { titre: uniqueTitre("Troisième") });
  const { id: second, titre: secondTitre } = await send(machine, who, { titre: uniqueTitre("Deuxième") });
  const first = row(main, (await send(machine, who)).id);
  await expect(first).toBeVisible();
  await first.getByRole("button", { name: "Archiver" }).press("Enter");
  await expect(first).toHaveCount(0);
  await expect(row(main, second).getByRole("button", { name: secondTitre })).toBeFocused();
  await row(main, second).getByRole("button", { name: "Supprimer" }).press("Enter");
  await page.getByRole("dialog").getByRole("button", { name: "Supprimer" }).press("Enter");
  await expect(row(main, second)).toHaveCount(0);
  await expect(row(main, third).getByRole("button", { name: thirdTitre })).toBeFocused();

  // After the last row the panel of the bell stays open, with the focus in it.
  await query("UPDATE notifications SET archived_at = now() WHERE user_id = $1 AND id <> $2", [who.id, third]);
  await page.reload();
  const panel = await openBell(page);
  await expect(panel.getByRole("listitem")).toHaveCount(1);
  await row(panel, third).getByRole("button", { name: "Archiver" }).press("Enter");
  await expect(panel.getByText("Rien pour le moment")).toBeVisible();
  await expect(panel.getByRole("region")).toBeFocused();
});

test("tooltip, dialog and toast work by keyboard", async ({ machine }) => {
  const sent = await send(machine, who, { titre: uniqueTitre("Clavier"), url: "/dashboard" });
  await expect(toasts(page, sent.titre)).toBeVisible();
  await page.keyboard.press("Alt+t");
  await expect(toasts(page, sent.titre).getByRole("link")).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(toasts(page, sent.titre)).toHaveCount(0);

  const remove = row(page.getByRole("main"), sent.id).getByRole("button", { name: "Supprimer" });
  await row(page.getByRole("main"), sent.id).getByRole("button", { name: "Archiver" }).focus();
  await page.keyboard.press("Tab");
  await expect(remove).toBeFocused();
  const tooltip = page.locator("[popover]", { hasText: "Supprimer" });
  await expect(tooltip).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(tooltip).toHaveCount(0);
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Supprimer cette notification ?" });
  await expect(dialog.getByRole("button", { name: "Fermer" })).toBeFocused();
  for (let n = 0; n < 5; n++) {
    await page.keyboard.press("Tab");
    await expect(page.locator(":focus:not(dialog *, body)")).toHaveCount(0);
  }
  await dialog.getByRole("button", { name: "Annuler" }).focus();
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(remove).toBeFocused();
});
