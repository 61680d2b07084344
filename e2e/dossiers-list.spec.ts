import { readFile } from "node:fs/promises";
import { readXlsx } from "../packages/http/src/testing/read-xlsx";
import { query } from "./forms/scene";
import { expectAccessibleAtAllWidths } from "./support/accessibility";
import { createPerson } from "./support/cli";
import { addDossierType, openDossier } from "./support/dossiers";
import { urlOf } from "./support/instance";
import { ADMIN } from "./support/people";
import { signIn } from "./support/sign-in";
import { expectHydrated } from "./support/streamed";
import { expect, test } from "./support/test";

const LIST = () => `${urlOf("gestion-dossier")}/dossiers`;
/** A page has 25. */
const OPENED = 28;

test("dossiers are searched, filtered, sorted, saved as a view, exported, chosen by keys and changed together", async ({
  signedIn,
  browserOf,
}) => {
  const page = await (await signedIn(ADMIN, { own: true })).newPage();
  await page.goto(LIST());
  const mark = `zq${Date.now()}`;
  const type_id = await addDossierType(`Permis ${mark}`);
  for (let index = 1; index <= OPENED; index += 1) {
    const priority = index <= 3 ? "urgente" : "normale";
    const due_on = index === 1 ? "2020-01-31" : `2099-01-${String(index).padStart(2, "0")}`;
    await openDossier(page, { title: `Lot ${index} ${mark}`, type_id, priority, due_on, tags: [mark] });
  }
  // Nobody is told of the overdue one meanwhile: other tests count what rings for the administrator.
  await query("UPDATE dossiers SET warned_for = due_on, escalated_for = due_on WHERE type_id = $1", [type_id]);
  await page.goto(LIST());
  const table = page.getByRole("table", { name: "Dossiers" });
  const rows = table.locator("tbody tr");
  const links = table.locator("[data-row-link]");
  await expect(rows.first()).toBeVisible();
  await expectAccessibleAtAllWidths(page, "the list of dossiers");
  await page.setViewportSize({ width: 1280, height: 800 });

  // The slash leads to the search, whose words are found without accents, in any order and half typed.
  await expectHydrated(page);
  await page.locator("body").press("/");
  const search = page.getByRole("searchbox", { name: "Rechercher" });
  await expect(search).toBeFocused();
  await search.fill(`LÔT ${mark.slice(0, -2)}`);
  await search.press("Enter");
  await expect(page).toHaveURL(/\?search=/);
  await expect(page.getByText(`${OPENED} dossiers`).first()).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: `${OPENED} dossiers` })).toHaveCount(1);
  await expect(rows).toHaveCount(25);
  await expect(links.first()).toContainText(`Lot ${OPENED} ${mark}`);
  await page.getByRole("link", { name: "Page suivante" }).click();
  await expect(rows).toHaveCount(OPENED - 25);
  await page.getByRole("link", { name: "Page précédente" }).click();
  await expect(rows).toHaveCount(25);

  // Orders and columns.
  await table.getByRole("link", { name: "Échéance" }).click();
  await expect(page).toHaveURL(/sort=due/);
  await expect(links.first()).toContainText(`Lot 1 ${mark}`);
  await expect(table.getByRole("columnheader", { name: "Échéance" })).toHaveAttribute("aria-sort", "ascending");
  await expect(rows.first()).toContainText("en retard");
  await page.locator("summary").filter({ hasText: "Colonnes" }).click();
  await page.getByRole("checkbox", { name: "Étiquettes" }).check();
  await page.locator("details[open]").getByRole("button", { name: "Appliquer" }).click();
  await expect(table.getByRole("columnheader", { name: "Étiquettes" })).toBeVisible();
  await expect(page).toHaveURL(/sort=due/);

  // A filter, saved with all the rest as a view that others have too.
  await expectHydrated(page);
  await page.locator("summary").filter({ hasText: "Filtres" }).click();
  await page.getByRole("combobox", { name: "Priorité" }).selectOption("urgente");
  await page.getByRole("button", { name: "Appliquer" }).first().click();
  await expect(rows).toHaveCount(3);
  const filtered = new URL(page.url()).search;
  expect(filtered).not.toContain("tag=");

  // What holds stands above the rows in words, each the way to the list without it; the form is shut.
  const active = page.getByRole("list", { name: "Filtres actifs" }).getByRole("link");
  await expect(active).toHaveText([/^Recherche\s: LÔT/, /^Priorité\s: Urgente/, "Tout effacer"]);
  await expect(page.locator("summary").filter({ hasText: "Filtres (1)" })).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Priorité" })).toBeHidden();
  await expectHydrated(page);
  await active.filter({ hasText: "Priorité" }).press("Enter");
  await expect(rows).toHaveCount(25);
  await expect(active).toHaveText([/^Recherche\s: LÔT/, "Tout effacer"]);
  await expect(active.last()).toBeFocused();
  await expect(page).toHaveURL((url) => url.searchParams.get("sort") === "due" && !url.searchParams.has("priority"));
  await page.goto(`${LIST()}${filtered}`);
  await expect(rows).toHaveCount(3);

  await page.locator("#main summary").filter({ hasText: "Vues" }).click();
  await page.getByLabel("Nom de la vue actuelle").fill(`Urgents ${mark}`);
  await page.getByLabel("La partager avec tous les collègues").check();
  await page.getByRole("button", { name: "Enregistrer la vue" }).click();
  await expect(page.getByText(`La vue « Urgents ${mark} » est enregistrée.`)).toBeVisible();
  await expectAccessibleAtAllWidths(page, "the views of the list");
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(LIST());
  await page.locator("#main summary").filter({ hasText: "Vues" }).click();
  await page.getByRole("link", { name: `Urgents ${mark}` }).click();
  await expect(rows).toHaveCount(3);
  await expect(page).toHaveURL((url) => url.searchParams.get("priority") === "urgente");

  // The file has the rows of the list. A link of a menu shuts it once scripts run.
  await expectHydrated(page);
  const shown = await links.locator("span").allTextContents();
  const download = async (name: string) => {
    await page.locator("summary").filter({ hasText: "Exporter" }).click();
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name }).click()]);
    return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
  };
  const csv = await download("CSV");
  expect(csv.name).toMatch(/^dossiers-\d{4}-\d\d-\d\d\.csv$/);
  const lines = csv.bytes.toString("utf8").replace("\ufeff", "").trim().split("\r\n");
  expect(lines[0]).toContain("Référence;Titre;Type;État");
  expect(lines.slice(1).map((line) => line.split(";")[0])).toEqual(shown);
  const xlsx = await download("XLSX");
  expect(xlsx.name).toMatch(/^dossiers-\d{4}-\d\d-\d\d\.xlsx$/);
  // Opened as a spreadsheet opens it, each cell is what the list shows.
  const [sheet] = readXlsx(xlsx.bytes);
  const [header, ...written] = (sheet?.rows ?? []).map((row) => row.map(({ value }) => value));
  const day = new Intl.DateTimeFormat("fr", { dateStyle: "medium", timeZone: "UTC" });
  const dayOf = (value: string) => day.format(new Date((Number(value) - 25_569) * 86_400_000));
  const inFile = written.map((row) => {
    const cell = (name: string) => row[header?.indexOf(name) ?? -1] ?? "?";
    return {
      Dossier: cell("Référence") + cell("Titre"),
      ...Object.fromEntries(["État", "Priorité", "Concerné", "Étiquettes"].map((name) => [name, cell(name)])),
      Échéance: dayOf(cell("Échéance")) + (cell("En retard") === "oui" ? "en retard" : ""),
      Responsable: cell("Responsable") || "Sans responsable",
    };
  });
  const onPage = await rows.evaluateAll((lines) =>
    lines.map((line) => ({
      Dossier: line.querySelector("[data-row-link]")?.textContent ?? "",
      // A phone has the column's name beside each value.
      ...Object.fromEntries(
        [...line.querySelectorAll("td:has(> span[aria-hidden])")].map((cell) => [
          cell.querySelector(":scope > span")?.textContent,
          cell.querySelector(":scope > div")?.textContent,
        ]),
      ),
    })),
  );
  const plain = (lines: readonly Readonly<Record<string, string | null | undefined>>[]) =>
    lines.map((line) =>
      Object.fromEntries(Object.entries(line).map(([name, text]) => [name, text?.replace(/\s+/g, "")])),
    );
  expect(plain(onPage)).toEqual(plain(inFile));
  await page.keyboard.press("Escape");

  // By keys: down from the search, choose two, act on them.
  await search.press("ArrowDown");
  await expect(links.nth(0)).toBeFocused();
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Space");
  await page.keyboard.press("End");
  await expect(links.nth(2)).toBeFocused();
  await expect(page.getByRole("status").filter({ hasText: "2 choisis" })).toBeVisible();
  await expectAccessibleAtAllWidths(page, "the acts on chosen dossiers");
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole("combobox", { name: "Action sur les dossiers choisis" }).selectOption("priority");
  await page.getByRole("combobox", { name: "Nouvelle priorité" }).selectOption("haute");
  await page.getByRole("button", { name: "Appliquer" }).last().click();
  await expect(page.getByText(/2 dossiers modifiés\s: /)).toBeVisible();
  await expect(rows).toHaveCount(1);
  await page.getByRole("checkbox", { name: "Tout choisir sur cette page" }).check();
  await page.getByRole("combobox", { name: "Action sur les dossiers choisis" }).selectOption("assign");
  await page.getByRole("combobox", { name: "Responsable", exact: true }).last().fill("Voahangy");
  await page.locator("[role=option]", { hasText: "Voahangy" }).click();
  await page.getByRole("button", { name: "Appliquer" }).last().click();
  await expect(page.getByText(/1 dossier modifié\s: /)).toBeVisible();
  await expect(rows.first()).toContainText(ADMIN.name);
  await page.getByRole("link", { name: "Mes dossiers" }).click();
  await expect(page).toHaveURL((url) => url.searchParams.get("assignee") === "me");
  await expect(links.filter({ hasText: mark })).toHaveCount(1);
  await page.goto(`${LIST()}?state=ouvert`);
  await expect(page.getByText("Un filtre de cette adresse n’a pas de sens")).toBeVisible();
  await expect(rows).toHaveCount(0);

  // The calendar has them on their days, and each day leads to the list of that day.
  await page.getByRole("link", { name: "Calendrier", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Calendrier des échéances" })).toBeVisible();
  await page.goto(`${urlOf("gestion-dossier")}/dossiers/calendrier?month=2099-01&type=${type_id}`);
  const month = page.getByRole("table", { name: "Échéances de janvier 2099" });
  await expect(month.getByRole("link", { name: `Lot 28 ${mark}` })).toBeVisible();
  await expectAccessibleAtAllWidths(page, "the calendar of due dates");
  await page.setViewportSize({ width: 390, height: 800 });
  await expect(month).toBeHidden();
  await expect(page.getByRole("list", { name: "Échéances de janvier 2099" }).getByText(`Lot 28 ${mark}`)).toBeVisible();
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole("link", { name: "Mois suivant" }).click();
  await expect(page.getByRole("heading", { level: 2, name: "février 2099" })).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`type=${type_id}`));
  await page.getByRole("link", { name: "Mois précédent" }).click();
  await expect(page.getByRole("heading", { level: 2, name: "janvier 2099" })).toBeVisible();
  // Another way to see them keeps what they are narrowed to.
  await page.getByRole("link", { name: "Tableau", exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`/dossiers/tableau\\?type=${type_id}$`));
  await expect(page.locator("#main").getByText(`Lot 5 ${mark}`).first()).toBeVisible();
  await page.goBack();
  await month.getByRole("link", { name: /^mercredi 28 janvier\s: 1 dossier$/ }).click();
  await expect(links).toHaveCount(1);
  await expect(links.first()).toContainText(`Lot 28 ${mark}`);

  // Somebody without any of them has the shared view, and nothing in it.
  const stranger = await browserOf();
  const person = await createPerson("Onja Étrangère", "comptable");
  // The demonstration asks accountants for opinions, so she has a role of her own.
  await query(
    `INSERT INTO roles (slug, name_fr, name_en, portals) VALUES ('e2e-liste', 'Archives', 'Archives', '{gestion-dossier}')
     ON CONFLICT DO NOTHING`,
  );
  await query("UPDATE users SET role = 'e2e-liste' WHERE id = $1", [person.id]);
  await signIn(stranger, person);
  const theirs = await stranger.newPage();
  await theirs.goto(`${LIST()}${filtered}`);
  await expect(theirs.getByText("Aucun dossier ne correspond")).toBeVisible();
  await theirs.locator("#main summary").filter({ hasText: "Vues" }).click();
  await expect(theirs.getByRole("link", { name: new RegExp(`Urgents ${mark}.*de ${ADMIN.name}`) })).toBeVisible();
  await theirs.goto(LIST());
  await expect(theirs.getByText("Aucun dossier pour l’instant")).toBeVisible();
  await expectAccessibleAtAllWidths(theirs, "the empty list of dossiers");

  // Its owner gives it another name, and takes it away.
  await page.goto(LIST());
  await page.locator("#main summary").filter({ hasText: "Vues" }).click();
  const own = page.locator("#main li").filter({ hasText: `Urgents ${mark}` });
  await own.getByText("Modifier", { exact: true }).click();
  await own.getByLabel("Nouveau nom").fill(`Pressés ${mark}`);
  await own.getByRole("button", { name: "Renommer" }).click();
  await expect(page.getByText(`La vue « Pressés ${mark} » est modifiée.`)).toBeVisible();
  await page.getByRole("button", { name: `Supprimer (Pressés ${mark})` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Supprimer", exact: true }).click();
  await expect(page.getByText("La vue est supprimée.").first()).toBeVisible();
  await expect(page.getByRole("link", { name: `Pressés ${mark}` })).toHaveCount(0);

  // What was deleted is not lost yet.
  await page.locator("#main summary", { hasText: /vues? supprimée/ }).click();
  await expectAccessibleAtAllWidths(page, "the deleted views of the list");
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole("button", { name: `Rétablir (Pressés ${mark})` }).click();
  await expect(page.getByText(`La vue « Pressés ${mark} » est rétablie.`)).toBeVisible();
  await expect(page.getByRole("link", { name: `Pressés ${mark}` })).toBeVisible();
});

test("every figure of the dashboard leads to a list with as many dossiers in sight, which says in words what it asks for", async ({
  signedIn,
}) => {
  const page = await (await signedIn(ADMIN, { own: true })).newPage();
  await page.goto(`${LIST()}/tableau-de-bord`);
  await expectAccessibleAtAllWidths(page, "the figures");
  await page.setViewportSize({ width: 1280, height: 800 });
  const tables = page.locator("#main table");
  await expect(tables).toHaveCount(4);
  // Of each column of each table the largest number.
  const readFigures = () =>
    tables.evaluateAll((all) =>
      all.flatMap((table) => {
        const rows = [...table.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("td a")]);
        return (rows[0] ?? []).map((_, column) => {
          const links = rows.flatMap((row) => row[column] ?? []);
          const [largest] = links.sort((a, b) => Number(b.textContent) - Number(a.textContent));
          return { count: Number(largest?.textContent), href: largest?.getAttribute("href") ?? "" };
        });
      }),
    );
  const fields = page.locator('#main form :is(select, input:not([type="hidden"]))');
  const active = page.locator("#main").getByRole("list", { name: "Filtres actifs" }).getByRole("link");
  const firstRow = page.getByRole("table", { name: "Dossiers" }).locator("tbody tr").first();
  const places = (await readFigures()).keys();
  const seen: number[] = [];
  for (const place of places) {
    // Other tests open dossiers meanwhile: then the figure is read anew.
    await expect(async () => {
      await page.goto(`${LIST()}/tableau-de-bord`);
      const { count, href } = (await readFigures())[place] ?? { count: Number.NaN, href: "" };
      const address = new URL(href, LIST());
      await page.goto(address.href);
      const length = count === 0 ? "Aucun dossier" : new RegExp(`^${count} dossiers?$`);
      await expect(page.locator("#main").getByText(length).first()).toBeVisible({ timeout: 2_000 });
      for (const [name, value] of address.searchParams)
        await expect(fields.and(page.locator(`[name="${name}"]`))).toHaveValue(value, { timeout: 2_000 });
      // One for each, and one for all; people have names there.
      const filters = [...address.searchParams.keys()].filter((name) => name !== "sort");
      await expect(active).toHaveCount(filters.length + 1, { timeout: 2_000 });
      await expect(active.filter({ hasText: /:\s\d+,/ })).toHaveCount(0);
      await expect(fields.and(page.locator('[name="state"]'))).toBeHidden();
      if (count > 0) await expect(firstRow).toBeInViewport({ timeout: 2_000 });
      seen[place] = count;
    }).toPass();
  }
  expect(seen).toHaveLength(7);
  expect(seen.filter((count) => count > 0).length).toBeGreaterThan(4);
  await expectAccessibleAtAllWidths(page, "the list of a figure");
});
