import { expectAccessibleAtAllWidths } from "./support/accessibility";
import { createPerson } from "./support/cli";
import { openLive, recordToasts } from "./support/inbox";
import { urlOf } from "./support/instance";
import { ADMIN } from "./support/people";
import { expectHydrated } from "./support/streamed";
import { expect, test } from "./support/test";

const GESTION = () => urlOf("gestion-dossier");

const PDF = {
  name: "Facture du port.pdf",
  mimeType: "application/pdf",
  buffer: Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"),
};

test("a type is defined, a dossier opened, its pieces kept, an opinion asked and given, a session held", async ({
  signedIn,
}) => {
  const mark = Date.now();
  const aina = await createPerson(`Aina ${mark}`, "comptable");
  const [voahangy, hers] = [await signedIn(ADMIN), await signedIn(aina)];
  const [heard, answered] = [await recordToasts(hers), await recordToasts(voahangy)];
  const page = await voahangy.newPage();
  // Links that a part's success brings come with the page.
  const choose = async (label: string, name: string) => {
    await page.getByRole("combobox", { name: label }).fill(name);
    await page.getByRole("option", { name }).click();
  };

  // A type, with rows that are added and put into order by keyboard.
  await openLive(page, `${GESTION()}/types-de-dossier/nouveau`);
  await page.getByLabel("Nom en français").fill(`Litige ${mark}`);
  await page.getByLabel("Nom en anglais").fill(`Dispute ${mark}`);
  await page.getByLabel("Délai en jours ouvrés").fill("5");
  await page.getByRole("button", { name: "Ajouter un champ" }).press("Enter");
  await page.getByLabel("Libellé en français").fill("Montant contesté");
  await page.getByLabel("Libellé en anglais").fill("Disputed amount");
  await page.getByLabel("Genre").selectOption("number");
  for (const [index, name] of ["Facture", "Plan"].entries()) {
    await page.getByRole("button", { name: "Ajouter une pièce" }).press("Enter");
    await page.getByRole("textbox", { name: "Pièce" }).nth(index).fill(name);
  }
  await page.getByRole("button", { name: "Monter : Plan" }).press("Enter");
  await expect(page.getByRole("textbox", { name: "Pièce" }).first()).toHaveValue("Plan");
  await expectAccessibleAtAllWidths(page, "the form of a type");
  await page.getByRole("button", { name: "Créer le type" }).click();
  await page.waitForURL(/types-de-dossier\/\d+$/);
  await page.getByRole("link", { name: "Tous les types" }).click();
  await expect(page.getByRole("link", { name: `Litige ${mark}` })).toContainText("1 champ");
  await expectAccessibleAtAllWidths(page, "the types of dossiers");

  // A dossier of it. What the type asks for is on the form and on the page.
  await openLive(page, `${GESTION()}/dossiers/nouveau`);
  await expectAccessibleAtAllWidths(page, "the choice of a type");
  await page.getByRole("link", { name: `Litige ${mark}` }).click();
  await page.getByLabel("Titre").fill(`Facture du port ${mark}`);
  await page.getByRole("button", { name: "Ouvrir le dossier" }).click();
  await expect(page.getByLabel("Nom", { exact: true })).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("Nom", { exact: true }).fill("Rova Bâtiment SARL");
  await page.getByLabel("Montant contesté").fill("120.5");
  await expectAccessibleAtAllWidths(page, "the form of a new dossier");
  await page.getByRole("button", { name: "Ouvrir le dossier" }).click();
  await page.waitForURL(/dossiers\/\d+$/);
  const dossierUrl = page.url();
  await expectHydrated(page);
  const pieces = page.getByRole("list", { name: "Pièces" });
  await expect(pieces.getByRole("listitem")).toHaveCount(2);
  await pieces.getByRole("button", { name: "Noter que la pièce « Plan » est reçue" }).click();
  await expect(
    pieces.getByRole("listitem").filter({ hasText: "Plan" }).getByText("Reçue", { exact: true }),
  ).toBeVisible();
  await expect(pieces.getByRole("button", { name: "Noter que la pièce « Plan » est reçue" })).toHaveCount(0);
  await pieces.getByLabel("Refuser la pièce « Facture »").click();
  await pieces.getByRole("textbox", { name: "Motif du refus" }).fill("Illisible");
  await pieces.getByRole("button", { name: "Refuser", exact: true }).click();
  await expect(pieces.getByText("Illisible")).toBeVisible();

  // An opinion: the asked meets 404 before, and sees the dossier from then on, with a toast of it.
  const at = await hers.newPage();
  await openLive(at, dossierUrl);
  await expect(at.getByRole("heading", { level: 1 })).toHaveText("Page introuvable");
  await page.getByText("Demander un avis").click();
  await choose("À un collègue", aina.name);
  await page.getByRole("textbox", { name: "Question" }).fill("Le plan est-il conforme ?");
  await page.getByRole("button", { name: "Demander l’avis" }).click();
  await expect(page.getByRole("list", { name: "Avis" })).toContainText("Attendu");
  await expect.poll(() => heard.map(({ text }) => text).join()).toContain("Votre avis est demandé sur");
  await at.reload();
  await expectHydrated(at);
  await at.getByText("Donner mon avis").click();
  await at.getByRole("combobox", { name: "Mon avis" }).selectOption("reserve");
  await at.getByRole("textbox", { name: "Réponse" }).fill("Sous réserve d’un accès pompiers.");
  await expectAccessibleAtAllWidths(at, "an opinion that is asked");
  await at.getByRole("button", { name: "Rendre l’avis" }).click();
  await expect(page.getByText("Sous réserve d’un accès pompiers.")).toBeVisible();
  await expect.poll(() => answered.map(({ text }) => text).join()).toContain("Avis rendu sur");
  await at.getByRole("button", { name: "Suivre", exact: true }).click();
  await expect(at.getByRole("button", { name: "Ne plus suivre" })).toBeVisible();

  // A file in the place of a piece makes it received, in the colleague's window as well.
  const invoice = pieces.getByRole("listitem").filter({ hasText: "Facture" });
  await invoice.locator('input[type="file"]').setInputFiles(PDF);
  await expect(invoice.getByText("Reçue", { exact: true })).toBeVisible();
  await expect(invoice.getByRole("link", { name: "Facture du port.pdf" })).toBeVisible();
  const hersOf = at.getByRole("list", { name: "Pièces" }).getByRole("listitem").filter({ hasText: "Facture" });
  await expect(hersOf.getByText("Reçue", { exact: true })).toBeVisible();
  await expect(hersOf.getByRole("link", { name: "Facture du port.pdf" })).toBeVisible();
  await expect(page.getByRole("list", { name: "Documents" })).toContainText("Facture du port.pdf");
  await expectAccessibleAtAllWidths(page, "pieces with their files");
  await page.setViewportSize({ width: 1280, height: 800 });

  // A session about it, where people talk; it is cancelled and restored.
  await openLive(page, `${GESTION()}/seances/nouvelle`);
  await page.getByLabel("Titre").fill(`Commission ${mark}`);
  await page.getByLabel("Début").fill("2027-01-12T09:00");
  await page.getByLabel("Fin").fill("2027-01-12T11:00");
  await page.getByRole("button", { name: "Créer la séance" }).click();
  await page.waitForURL(/seances\/\d+$/);
  await expectHydrated(page);
  await page.getByText("Ajouter un participant").click();
  await choose("Collègue", aina.name);
  await page.getByRole("button", { name: "Ajouter", exact: true }).click();
  await expect(page.getByRole("list", { name: "Participants" })).toContainText(aina.name);
  await openLive(at, `${GESTION()}/seances`);
  await at.getByRole("link", { name: `Commission ${mark}` }).click();
  await expect(at.getByRole("heading", { level: 1 })).toHaveText(`Commission ${mark}`);
  await expect(page.getByRole("list", { name: "Aussi sur cette page" })).toContainText(aina.name);
  // Until a draft has been read the field takes no keys.
  await expect(at.getByLabel("Votre commentaire")).toBeEditable();
  await Promise.all([
    expect(page.getByText(`${aina.name} écrit…`)).toBeVisible(),
    at.getByLabel("Votre commentaire").pressSequentially("Je viens avec le plan"),
  ]);
  await at.getByRole("button", { name: "Commenter" }).click();
  await expect(page.locator("[data-comment]")).toContainText("Je viens avec le plan");
  await expectAccessibleAtAllWidths(page, "a session");
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole("button", { name: "Annuler la séance" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Annuler la séance" }).click();
  await page.getByRole("button", { name: "Rétablir" }).click();
  await expect(page.getByRole("button", { name: "Annuler la séance" })).toBeVisible();
});
