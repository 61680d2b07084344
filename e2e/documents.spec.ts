import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { RED_PDF } from "../packages/documents/src/testing/hostile-pdfs";
import { query } from "./forms/scene";
import { expectAccessibleAtAllWidths } from "./support/accessibility";
import { createPerson } from "./support/cli";
import { toasts } from "./support/inbox";
import { urlOf } from "./support/instance";
import { signIn } from "./support/sign-in";
import { expectHydrated } from "./support/streamed";
import { expect, test } from "./support/test";

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEklEQVR4nGP4z8CAFWEXHbQSACj/P8Fu7N9hAAAAAElFTkSuQmCC",
  "base64",
);
const PDF_HEAD = Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");
const pdf = (name: string, bytes = 200, fill = "x") => ({
  ...{ name, mimeType: "application/pdf", buffer: Buffer.concat([PDF_HEAD, Buffer.alloc(bytes, fill)]) },
});

/** Chooses files as in the browser's dialog. */
const choose = (page: Page, files: Parameters<Locator["setInputFiles"]>[0]) =>
  page.locator('input[type="file"][multiple]').setInputFiles(files);

test("documents are uploaded over broken connections, refused, replaced, previewed, deleted and come in one archive", async ({
  browserOf,
}) => {
  const who = await createPerson("Vola Documentaliste", "gestionnaire");
  const context = await browserOf();
  await signIn(context, who);
  const page = await context.newPage();
  const origin = urlOf("gestion-dossier");
  await page.goto(`${origin}/dashboard`);
  const [{ id: typeId = 0 } = {}] = await query<{ id: number }>("SELECT id FROM dossier_types ORDER BY id LIMIT 1");
  const opened = await context.request.post(`${origin}/api/dossiers`, {
    headers: { origin },
    data: { title: "Documents du lot 12", type_id: typeId, concerned: { kind: "personne", name: "Lala Rasoa" } },
  });
  expect(opened.status()).toBe(201);
  const { data: dossier } = (await opened.json()) as { data: { id: number } };
  const address = `${origin}/dossiers/${dossier.id}`;
  await page.goto(address);
  await expectHydrated(page);
  const documents = page.getByRole("list", { name: "Documents" });
  await expect(page.getByText("Aucun document")).toBeVisible();

  // The network fails in the middle; the upload waits, and goes on when it is back.
  let parts = 0;
  let isDown = true;
  await page.route(/\/documents\/uploads\/[\w-]+$/, async (route) => {
    if (route.request().method() === "PATCH") parts++;
    if (isDown && parts > 1) await route.abort("connectionfailed");
    else await route.continue();
  });
  // A file with a time of its own, as on a person's disk: it is known again by it.
  const large = test.info().outputPath("Plan de masse.pdf");
  await mkdir(dirname(large), { recursive: true });
  await writeFile(large, Buffer.concat([PDF_HEAD, Buffer.alloc(3_500_000, "x")]));
  await choose(page, large);
  const upload = page.locator('[data-upload="Plan de masse.pdf"]');
  await expect.poll(() => parts).toBe(2);
  await expect(documents).toHaveCount(0);

  // The page is loaded anew in between: the same file goes on where it was.
  await page.reload();
  await expectHydrated(page);
  await expect(upload).toContainText("Interrompu");
  isDown = false;
  const offsets: number[] = [];
  page.on("request", (request) => {
    if (request.method() === "PATCH") offsets.push(Number(request.headers()["upload-offset"]));
  });
  await expectAccessibleAtAllWidths(page, "an interrupted upload");
  await page.setViewportSize({ width: 1280, height: 900 });
  await upload.locator('input[type="file"]').setInputFiles(large);
  const plan = documents.locator("li").filter({ hasText: "Plan de masse.pdf" });
  await expect(plan).toContainText("3,5 Mo");
  expect(offsets).toEqual([1_000_000, 2_000_000, 3_000_000]);

  // A program that calls itself a PDF, and a picture.
  const exe = {
    name: "facture.pdf",
    mimeType: "application/pdf",
    buffer: Buffer.concat([Buffer.from("MZ\u0090\0"), Buffer.alloc(500)]),
  };
  await choose(page, [exe, { name: "façade.png", mimeType: "image/png", buffer: PNG }]);
  await expect(page.locator('[data-upload="facture.pdf"]')).toContainText("Ce type de fichier n’est pas accepté");
  const picture = documents.locator("li").filter({ hasText: "façade.png" });
  await expect(picture).toBeVisible();
  await expect(documents.getByText("facture.pdf")).toHaveCount(0);
  // The worker has made the small picture: it comes by itself.
  await page.getByRole("button", { name: "Aperçu de façade.png" }).click();
  await expect(page.getByRole("dialog").getByRole("img", { name: "façade.png" })).toHaveJSProperty("naturalWidth", 8);
  await page.keyboard.press("Escape");
  // So does that of a PDF's first page.
  await choose(page, { name: "page rouge.pdf", mimeType: "application/pdf", buffer: RED_PDF });
  const drawn = documents.locator("li").filter({ hasText: "page rouge.pdf" }).locator("img");
  await expect(drawn).toHaveJSProperty("naturalWidth", 226);

  // What was refused is nothing to go on with.
  await page.reload();
  await expect(picture).toBeVisible();
  await expect(page.locator('[data-upload="facture.pdf"]')).toHaveCount(0);
  await expectHydrated(page);

  // The PDF opens in the browser's own viewer, and runs nothing.
  const link = plan.getByRole("link", { name: "Plan de masse.pdf", exact: true });
  const href = (await link.getAttribute("href")) ?? "";
  const shown = await context.request.get(`${origin}${href}`);
  expect(shown.headers()["content-disposition"]).toMatch(/^inline/);
  expect(shown.headers()["content-security-policy"]).toContain("default-src 'none'");
  expect(shown.headers()["x-content-type-options"]).toBe("nosniff");

  // A new version, with the old one kept.
  await plan.locator('input[type="file"]').setInputFiles(pdf("Plan signé.pdf", 100, "y"));
  const signed = documents.locator("li").filter({ hasText: "Plan signé.pdf" });
  await expect(signed).toContainText("Version 2");
  await expect(signed).toContainText("1 version antérieure");
  await expect(page.getByText("Vola Documentaliste a déposé une nouvelle version de Plan signé.pdf")).toBeVisible();
  await expectAccessibleAtAllWidths(page, "the documents of a dossier");
  await page.setViewportSize({ width: 1280, height: 900 });

  const [archive] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Tout télécharger" }).click(),
  ]);
  expect(archive.suggestedFilename()).toMatch(/^D-\d{4}-\d{4} Documents du lot 12\.zip$/);

  await signed.getByRole("button", { name: "Supprimer Plan signé.pdf" }).press("Enter");
  await page.getByRole("dialog").getByRole("button", { name: "Supprimer" }).press("Enter");
  await expect(toasts(page, "Plan signé.pdf est supprimé.")).toBeVisible();
  await page.getByText("Documents supprimés (1)").click();
  await page.getByRole("button", { name: "Restaurer Plan signé.pdf" }).click();
  await expect(signed).toBeVisible();

  // Who does not see the dossier meets nothing of it.
  const stranger = await createPerson("Rija Étrangère", "comptable");
  const other = await browserOf();
  await signIn(other, stranger);
  const foreign = await other.newPage();
  await foreign.goto(address);
  await expect(foreign.getByRole("heading", { name: "Page introuvable" })).toBeVisible();
  expect((await other.request.get(`${origin}${href}`)).status()).toBe(404);
});
