import type { Page } from "@playwright/test";
import { expectAccessibleAtAllWidths } from "./support/accessibility";
import { createPerson } from "./support/cli";
import { openLive } from "./support/inbox";
import { urlOf } from "./support/instance";
import { ADMIN } from "./support/people";
import { expectHydrated } from "./support/streamed";
import { expect, type SignedIn, test } from "./support/test";

const GESTION = () => urlOf("gestion-dossier");

/** A session of `day` (`YYYY-MM-DD`) by the administrator with a new colleague, open and live on a page of each. */
async function openSessionOfTwo(signedIn: SignedIn, title: string, day: string) {
  const mark = Date.now();
  const hery = await createPerson(`Hery ${mark}`, "gestionnaire");
  const [voahangy, theirs] = [await signedIn(ADMIN), await signedIn(hery)];
  await voahangy.request.get(`${GESTION()}/login/oauth`);
  const answer = await voahangy.request.post(`${GESTION()}/api/sessions`, {
    headers: { origin: GESTION() },
    data: {
      ...{ title: `${title} ${mark}`, place: "Salle 3", participants: [hery.id] },
      ...{ starts_at: `${day}T09:00:00+03:00`, ends_at: `${day}T11:00:00+03:00` },
    },
  });
  expect(answer.status()).toBe(201);
  const { url } = (await answer.json()).data;
  const [mine, at] = [await voahangy.newPage(), await theirs.newPage()];
  await openLive(mine, url);
  await openLive(at, url);
  return { mark, hery, mine, at, url };
}

test("two colleagues change a session at once, and nothing that is typed is lost or written over", async ({
  signedIn,
}) => {
  const { mark, hery, mine, at, url } = await openSessionOfTwo(signedIn, "Commission", "2027-01-12");
  await expect(mine.getByRole("list", { name: "Aussi sur cette page" })).toContainText(hery.name);

  // He types a place and another beginning; she sees it, and saves another place meanwhile.
  await at.getByLabel("Lieu", { exact: true }).fill("Salle de Hery");
  await at.getByLabel("Début", { exact: true }).fill("2027-01-12T10:00");
  await expect(mine.getByRole("list", { name: "Aussi sur cette page" })).toContainText("modifie");
  await mine.getByLabel("Lieu", { exact: true }).fill("Salle de Voahangy");
  await mine.getByLabel("Titre", { exact: true }).fill(`Comité ${mark}`);
  await mine.getByRole("button", { name: "Enregistrer" }).click();
  await expect(mine.getByText("Enregistré", { exact: true })).toBeVisible();

  // Her title has come into his form; both places stand there, also after a reload, and the choice is his.
  await expect(at.getByText(/^Mis à jour à l’instant par /)).toBeVisible();
  await expect(at.getByLabel("Titre", { exact: true })).toHaveValue(`Comité ${mark}`);
  const conflict = at.getByRole("group", { name: /Lieu\s: deux valeurs/ });
  await expect(conflict).toContainText("Salle de Voahangy");
  await expectAccessibleAtAllWidths(at, "a conflict of a session");
  await at.setViewportSize({ width: 1280, height: 800 });
  // His tab has caught up, and its socket is known, before it saves: it would be told of its own change.
  const caughtUp = at.waitForResponse((answer) => /\/sessions\/\d+\/changes\?after=/.test(answer.url()));
  await at.reload();
  await caughtUp;
  await expect(at.getByLabel("Lieu", { exact: true })).toHaveValue("Salle de Hery");
  await expect(at.getByLabel("Début", { exact: true })).toHaveValue("2027-01-12T10:00");
  await expect(conflict).toContainText("Salle de Voahangy");
  await at.getByRole("button", { name: "Enregistrer" }).click();
  await expect(at.getByText(/Choisissez d’abord/)).toBeVisible();
  await conflict.getByRole("button", { name: "Garder la mienne" }).click();
  await at.getByRole("button", { name: "Enregistrer" }).click();
  await expect(mine.getByText(`Mis à jour à l’instant par ${hery.name}`)).toBeVisible();
  await expect(mine.getByLabel("Lieu", { exact: true })).toHaveValue("Salle de Hery");
  // His own tab has told him nothing of his own change.
  await expect(at.getByText("Enregistré", { exact: true })).toBeVisible();
  await expect(at.getByText(/^Mis à jour à l’instant par /)).toHaveCount(0);

  // The history has every field, and a page of its own.
  const change = "Salle de Voahangy → Salle de Hery";
  await expect(mine.getByText(change)).toBeVisible();
  await at.goto(`${url}/historique`);
  await expect(at.getByText(change)).toBeVisible();
  await expect(at.getByText(/^Début\s: 12 janv\. 2027.*09:00 → .*10:00$/)).toBeVisible();
  await expectAccessibleAtAllWidths(at, "the history of a session");
});

test("sessions are found by words of their title and place, whatever the accents, in each of the lists", async ({
  signedIn,
}) => {
  const mark = `zs${Date.now()}`;
  const context = await signedIn(ADMIN);
  await context.request.get(`${GESTION()}/login/oauth`);
  for (const [title, year] of [
    ["Comité d’été", 2098],
    ["Commission", 2099],
    ["Comité passé", 2020],
  ]) {
    const answer = await context.request.post(`${GESTION()}/api/sessions`, {
      headers: { origin: GESTION() },
      data: {
        ...{ title, place: `Salle ${mark}`, starts_at: `${year}-01-12T09:00:00+03:00` },
        ends_at: `${year}-01-12T11:00:00+03:00`,
      },
    });
    expect(answer.status()).toBe(201);
  }
  const page = await context.newPage();
  await openLive(page, `${GESTION()}/seances`);
  await page.locator("body").press("/");
  const search = page.getByRole("searchbox", { name: "Rechercher" });
  await expect(search).toBeFocused();
  await search.fill(`COMITE ${mark}`);
  await search.press("Enter");
  await expect(page).toHaveURL(/\?search=/);
  const rowsOf = (name: string) => page.locator("#main").getByRole("list", { name }).getByRole("listitem");
  await expect(rowsOf("À venir")).toHaveText([/Comité d’été/]);
  const active = page.getByRole("list", { name: "Filtres actifs" }).getByRole("link");
  await expect(active).toHaveText([/^Recherche\s: COMITE/, "Tout effacer"]);
  await expectAccessibleAtAllWidths(page, "the sessions that are found");
  await page.setViewportSize({ width: 1280, height: 800 });

  // The other lists are searched for the same; the words stay in a list when they change.
  await page.getByRole("link", { name: "Passées" }).click();
  await expect(rowsOf("Passées")).toHaveText([/Comité passé/]);
  await search.fill(`${mark} introuvable`);
  await page.getByRole("button", { name: "Appliquer" }).click();
  await expect(page.getByText("Aucune séance ne correspond")).toBeVisible();
  await expect(page).toHaveURL((url) => url.searchParams.get("liste") === "past");
  await active.filter({ hasText: "Recherche" }).click();
  await expect(page).toHaveURL((url) => url.search === "?liste=past");
  await expect(rowsOf("Passées").first()).toBeVisible();
  await expect(active).toHaveCount(0);
});

test("documents of a session are brought by who takes part, and seen live by the others", async ({ signedIn }) => {
  const { mine, at } = await openSessionOfTwo(signedIn, "Documents", "2027-01-13");
  await expectHydrated(at);
  await at.locator('input[type="file"][multiple]').setInputFiles({
    ...{ name: "Ordre du jour.txt", mimeType: "text/plain", buffer: Buffer.from("1. Ouverture\n") },
  });
  const documents = (page: Page) => page.locator("#main").getByRole("list", { name: "Documents" });
  await expect(documents(at)).toContainText("Ordre du jour.txt");
  await expect(documents(mine)).toContainText("Ordre du jour.txt");
  await expectAccessibleAtAllWidths(at, "the documents of a session");
});
