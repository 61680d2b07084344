import { PORTALS } from "@mgs/core/portals";
import type { Page } from "@playwright/test";
import { expectCount, openBell, openLive, recordToasts, row } from "./support/inbox";
import { urlOf } from "./support/instance";
import { markAllRead, send, uniqueTitre } from "./support/notifications";
import { person } from "./support/people";
import { expect, test } from "./support/test";

const reader = person("Naina Randriamampionona");

test.describe("a change of the inbox in one portal shows in the others at once", () => {
  let pages: Page[];
  let here: Page;
  const everywhere = async (check: (page: Page) => Promise<void>) => {
    for (const page of pages) await check(page);
  };

  test.beforeEach(async ({ signedIn }) => {
    const context = await signedIn(reader);
    await markAllRead(context, urlOf("commercial"));
    pages = await Promise.all(PORTALS.map(() => context.newPage()));
    await Promise.all(pages.map((page, at) => openLive(page, `${urlOf(PORTALS[at] ?? "commercial")}/notifications`)));
    here = pages[0] as Page;
  });

  test("mark read and unread in the bell", async ({ machine }) => {
    const sent = await send(machine, reader);
    await everywhere((page) => expectCount(page, 1));
    const panel = await openBell(here);
    await expect(row(panel, sent.id)).toHaveAttribute("data-unread", "true");
    await row(panel, sent.id).hover();
    await row(panel, sent.id).getByRole("button", { name: "Marquer comme lue" }).click();
    await everywhere((page) => expectCount(page, 0));
    await everywhere((page) => expect(row(page.getByRole("main"), sent.id)).toHaveAttribute("data-unread", "false"));
    await row(panel, sent.id).getByRole("button", { name: "Marquer comme non lue" }).click();
    await everywhere((page) => expectCount(page, 1));
  });

  test("mark all as read", async ({ machine }) => {
    for (let i = 0; i < 3; i++) await send(machine, reader);
    await everywhere((page) => expectCount(page, 3));
    await here.getByRole("main").getByRole("button", { name: "Tout marquer comme lu" }).click();
    await everywhere((page) => expectCount(page, 0));
  });

  test("archive, unarchive, delete", async ({ machine }) => {
    const sent = await send(machine, reader);
    const of = (page: Page) => row(page.getByRole("main"), sent.id);
    await everywhere((page) => expect(of(page)).toBeVisible());
    await of(here).getByRole("button", { name: "Archiver" }).click();
    await everywhere((page) => expect(of(page)).toHaveCount(0));
    await everywhere((page) => expectCount(page, 0));

    await here.getByRole("link", { name: "Archivées" }).click();
    await of(here).getByRole("button", { name: "Désarchiver" }).click();
    await here.getByRole("link", { name: "Toutes" }).click();
    await everywhere((page) => expect(of(page)).toBeVisible());

    await of(here).getByRole("button", { name: "Supprimer" }).click();
    await here.getByRole("dialog").getByRole("button", { name: "Supprimer" }).click();
    await everywhere((page) => expect(of(page)).toHaveCount(0));
    await everywhere((page) => expectCount(page, 0));
  });

  test("opening a notification marks it read and leads to its page", async ({ machine }) => {
    const titre = uniqueTitre("À ouvrir");
    await send(machine, reader, { titre, url: `${urlOf("administration")}/profil` });
    await everywhere((page) => expectCount(page, 1));
    await here.getByRole("main").getByRole("link", { name: titre }).click();
    await expect(here).toHaveURL(`${urlOf("administration")}/profil`);
    await everywhere((page) => expectCount(page, 0));
  });
});

test("a second page is loaded on demand", async ({ signedIn, machine }) => {
  const many = person("Bakoly Randriamanantena");
  for (let i = 0; i < 25; i++) await send(machine, many);
  const page = await (await signedIn(many)).newPage();
  await openLive(page, `${urlOf("gestion-dossier")}/notifications`);
  const rows = page.getByRole("main").locator("[data-notification]");
  await expect(rows).toHaveCount(20);
  await page.getByRole("main").getByRole("button", { name: "Afficher plus" }).click();
  await expect.poll(() => rows.count()).toBeGreaterThanOrEqual(25);
});

test("two tabs of one portal show one toast, also after the tab that showed it was closed", async ({
  signedIn,
  machine,
}) => {
  const who = person("Haja Ramanantsoa");
  const context = await signedIn(who);
  const record = await recordToasts(context);
  const showers = (titre: string) => record.filter(({ text }) => text.includes(titre)).map(({ page }) => page);
  const tabs = [await context.newPage(), await context.newPage()];
  for (const page of tabs) await openLive(page, `${urlOf("commercial")}/notifications`);
  /** Both tabs have processed a notification, and all before it, once a later one is in their lists. */
  const arrive = async (titre: string) => {
    const { id } = await send(machine, who, { titre });
    for (const page of tabs) if (!page.isClosed()) await expect(row(page.getByRole("main"), id)).toBeVisible();
    await expect.poll(() => showers(titre).length).toBeGreaterThan(0);
  };

  const titres = Array.from({ length: 10 }, (_, n) => uniqueTitre(`Onglets ${n}`));
  for (const titre of titres) await arrive(titre);
  const [second, third] = [uniqueTitre("Deux"), uniqueTitre("Trois")];
  await arrive(second);
  expect(titres.map((titre) => showers(titre).length)).toEqual(titres.map(() => 1));

  await showers(second)[0]?.close();
  await arrive(third);
  expect([second, third].map((titre) => showers(titre).length)).toEqual([1, 1]);
});

test("at most three toasts are visible, the others wait behind them", async ({ signedIn, machine }) => {
  const who = person("Sitraka Andriantsoa");
  const page = await (await signedIn(who)).newPage();
  await openLive(page, `${urlOf("commercial")}/dashboard`);
  const all = page.locator("[data-toast]");
  for (let shown = 1; shown <= 5; shown++) {
    // The sends are sequential: a burst gets one toast with its count.
    await send(machine, who, { titre: `Pile ${shown}` });
    await expect(all).toHaveCount(shown);
    // The time of toasts stops under the pointer.
    if (shown === 1) await all.hover();
  }
  await expect(page.locator('[data-toast][data-visible="true"]')).toHaveCount(3);
});
