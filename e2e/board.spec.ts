import { expectAccessibleAtAllWidths } from "./support/accessibility";
import { addDossierType, openDossier } from "./support/dossiers";
import { urlOf } from "./support/instance";
import { ADMIN } from "./support/people";
import { expect, test } from "./support/test";

/** A column has 20 cards at first. */
const OPENED = 22;

test("cards are moved by keyboard and by mouse, with a reason where the step needs one, and come back when it is refused", async ({
  signedIn,
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
  await page.goto(`${urlOf("gestion-dossier")}/dossiers/tableau?type=${type_id}`);
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

  // A colleague has moved it meanwhile: it comes back, and why is said.
  const portal = urlOf("gestion-dossier");
  const moved = await page.request.post(`${portal}/api/dossiers/${third?.id}/steps`, {
    headers: { origin: portal },
    data: { from: "nouveau", to: "en_attente", reason: "Un avis manque" },
  });
  expect(moved.status()).toBe(200);
  await cards("Nouveau")
    .filter({ hasText: third?.reference ?? "" })
    .dragTo(column("En cours"));
  await expect(page.getByText(new RegExp(`^${third?.reference} reste à sa place\\s: `)).first()).toBeVisible();
  await expect(cards("Nouveau").filter({ hasText: third?.reference ?? "" })).toHaveCount(1);
  await expect(cards("En cours")).toHaveCount(1);
  await page.getByRole("link", { name: "Liste" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Dossiers" })).toBeVisible();
});
