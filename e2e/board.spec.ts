import type { Request } from "@playwright/test";
import { expectAccessibleAtAllWidths } from "./support/accessibility";
import { createPerson } from "./support/cli";
import { addDossierType, openDossier } from "./support/dossiers";
import { urlOf } from "./support/instance";
import { ADMIN } from "./support/people";
import { signIn } from "./support/sign-in";
import { expect, test } from "./support/test";

/** A column has 20 cards at first. */
const OPENED = 22;

test("cards are moved by keyboard and by mouse, with a reason where the step needs one, and others see it without a reload", async ({
  signedIn,
  browserOf,
}) => {
  const page = await (await signedIn(ADMIN, { own: true })).newPage();
  await page.goto(`${urlOf("gestion-dossier")}/dossiers/tableau`);
  const mark = `zt${Date.now()}`;
  const type_id = await addDossierType(`Tableau ${mark}`);
  const opened = [];
  for (let index = 1; index <= OPENED; index += 1) {
    const due_on = `2098-01-${String(index).padStart(2, "0")}`;
    opened.push(await openDossier(page, { title: `Carte ${index} ${mark}`, type_id, due_on, priority: "haute" }));
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  // The page that was here before joins channels too, maybe only now.
  await page.goto("about:blank");
  const authorization = page.waitForRequest(/\/broadcasting\/auth$/);
  await page.goto(`${urlOf("gestion-dossier")}/dossiers/tableau?type=${type_id}`);
  const socketId = new URLSearchParams((await authorization).postData() ?? "").get("socket_id") ?? "";
  expect(socketId).toMatch(/^\d+\.\d+$/);
  const column = (name: string) => page.getByRole("region", { name: new RegExp(`^${name} `) });
  const cards = (name: string) => column(name).getByRole("listitem");
  await expect(cards("Nouveau")).toHaveCount(20);
  await expect(column("Nouveau").getByRole("heading")).toContainText(String(OPENED));
  await expectAccessibleAtAllWidths(page, "the board");
  await page.setViewportSize({ width: 1280, height: 800 });
  await column("Nouveau")
    .getByRole("button", { name: /^Afficher plus/ })
    .click();
  await expect(cards("Nouveau")).toHaveCount(OPENED);
  await expect(page.getByText("2 dossiers ajoutés à la colonne Nouveau.")).toBeAttached();

  // By keyboard: the menu, a column, and the focus follows the card.
  const first = opened[0]?.reference ?? "";
  await page.getByRole("button", { name: `Déplacer ${first} vers…` }).press("Enter");
  await expect(page.getByRole("menuitem")).toHaveText(["En cours", "En attente"]);
  await page.keyboard.press("Enter");
  await expect(cards("En cours")).toHaveCount(1);
  await expect(column("En cours").getByRole("button", { name: `Déplacer ${first} vers…` })).toBeFocused();
  await expect(page.getByText(`${first} est maintenant dans la colonne En cours, premier de 1.`)).toBeAttached();
  await expect(column("Nouveau").getByRole("heading")).toContainText(String(OPENED - 1));

  // By mouse, with a step that needs a reason: given up once, then given.
  const second = opened[1]?.reference ?? "";
  // What drags by mouse is loaded after the board is drawn.
  await expect(cards("Nouveau").filter({ hasText: second })).toHaveAttribute("draggable", "true");
  await cards("Nouveau").filter({ hasText: second }).dragTo(column("En attente"));
  const dialog = page.getByRole("dialog", { name: `${second} : En attente` });
  await dialog.getByRole("button", { name: "Annuler" }).click();
  await expect(cards("En attente")).toHaveCount(0);
  await cards("Nouveau").filter({ hasText: second }).dragTo(column("En attente"));
  await dialog.getByRole("button", { name: "Déplacer" }).click();
  await expect(dialog.getByText("Cette étape demande un motif.")).toBeVisible();
  await dialog.getByRole("textbox", { name: "Motif" }).fill("Plan cadastral attendu");
  await expectAccessibleAtAllWidths(page, "the reason of a step");
  await page.setViewportSize({ width: 1280, height: 800 });
  await dialog.getByRole("button", { name: "Déplacer" }).click();
  await expect(cards("En attente")).toHaveCount(1);
  await expect(dialog).toHaveCount(0);
  await expect(column("En attente").getByRole("button", { name: `Déplacer ${second} vers…` })).toBeFocused();
  const waiting = await page.request.get(`${urlOf("gestion-dossier")}/api/dossiers/${opened[1]?.id}`);
  expect(await waiting.json()).toMatchObject({ data: { state: "en_attente", state_reason: "Plan cadastral attendu" } });

  // A column to which no step leads takes no card.
  const third = opened[2];
  await cards("Nouveau")
    .filter({ hasText: third?.reference ?? "" })
    .dragTo(column("Clôturé"));
  await expect(cards("Clôturé")).toHaveCount(0);

  // It was moved meanwhile, in the name of this tab, which is not told: it comes back, and why is said.
  const portal = urlOf("gestion-dossier");
  const wait = (id: number | undefined, headers: Readonly<Record<string, string>> = {}) =>
    page.request.post(`${portal}/api/dossiers/${id}/steps`, {
      headers: { origin: portal, ...headers },
      data: { from: "nouveau", to: "en_attente", reason: "Un avis manque" },
    });
  expect((await wait(third?.id, { "x-socket-id": socketId })).status()).toBe(200);
  await cards("Nouveau")
    .filter({ hasText: third?.reference ?? "" })
    .dragTo(column("En cours"));
  await expect(page.getByText(new RegExp(`^${third?.reference} reste à sa place\\s: `)).first()).toBeVisible();
  await expect(cards("Nouveau").filter({ hasText: third?.reference ?? "" })).toHaveCount(1);
  await expect(cards("En cours")).toHaveCount(1);

  // A program moves another: this board shows it, and a colleague's board and list too, without a reload.
  const colleague = await browserOf();
  await signIn(colleague, await createPerson("Hery Collègue", "gestionnaire"));
  const [board, list] = [await colleague.newPage(), await colleague.newPage()];
  const running = new Set<Request>();
  list.on("request", (request) => request.headers().rsc && running.add(request));
  list.on("requestfinished", (request) => running.delete(request));
  list.on("requestfailed", (request) => running.delete(request));
  await board.goto(`${portal}/dossiers/tableau?type=${type_id}`);
  await list.goto(`${portal}/dossiers?type=${type_id}&state=en_attente`);
  const theirs = board.getByRole("region", { name: /^En attente / }).getByRole("listitem");
  const rows = list.getByRole("table", { name: "Dossiers" }).locator("tbody tr");
  await expect(theirs).toHaveCount(2);
  await expect(rows).toHaveCount(2);
  const [fourth, fifth, sixth] = [opened[3], opened[4], opened[5]];
  expect((await wait(fourth?.id)).status()).toBe(200);
  for (const seen of [cards("En attente"), theirs, rows])
    await expect(seen.filter({ hasText: fourth?.reference ?? "" })).toHaveCount(1);
  // What was refused before stands in its true column now.
  await expect(cards("En attente").filter({ hasText: third?.reference ?? "" })).toHaveCount(1);

  // While somebody chooses rows the list stays as it is, and says so; then it follows.
  await list.getByRole("checkbox", { name: `Choisir ${fourth?.reference}` }).check();
  // A refresh that began before would bring the next change; from here on none begins.
  await expect.poll(() => running.size).toBe(0);
  expect((await wait(fifth?.id)).status()).toBe(200);
  await expect(list.getByText("Des lignes ont changé.")).toBeVisible();
  await expect(rows).toHaveCount(3);
  await expect(list.getByRole("checkbox", { name: `Choisir ${fourth?.reference}` })).toBeChecked();
  await list.getByRole("button", { name: "Actualiser" }).click();
  await expect(rows).toHaveCount(4);
  await expect(list.getByRole("checkbox", { name: `Choisir ${fourth?.reference}` })).toBeChecked();
  await list.getByRole("checkbox", { name: `Choisir ${fourth?.reference}` }).uncheck();

  // What happens while there is no connection is there when it is back.
  await colleague.setOffline(true);
  expect((await wait(sixth?.id)).status()).toBe(200);
  await expect(cards("En attente").filter({ hasText: sixth?.reference ?? "" })).toHaveCount(1);
  await colleague.setOffline(false);
  await expect(theirs.filter({ hasText: sixth?.reference ?? "" })).toHaveCount(1);
  await expect(rows.filter({ hasText: sixth?.reference ?? "" })).toHaveCount(1);
  await page.getByRole("link", { name: "Liste" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Dossiers" })).toBeVisible();
});
