import type { BrowserContext, Page } from "@playwright/test";
import { expectAccessibleAtAllWidths } from "./support/accessibility";
import { createPerson } from "./support/cli";
import { openDossier } from "./support/dossiers";
import { urlOf } from "./support/instance";
import { signIn } from "./support/sign-in";
import { expectHydrated } from "./support/streamed";
import { expect, test } from "./support/test";

const GESTION = () => urlOf("gestion-dossier");
const edit = (page: Page) => page.getByLabel("Modifier le commentaire");

/** A dossier with one comment of whom the context belongs to, open in a page. */
async function openCommented(context: BrowserContext, name: string) {
  await signIn(context, await createPerson(`${name} ${Date.now()}`, "gestionnaire"));
  const page = await context.newPage();
  await page.goto(`${GESTION()}/dashboard`);
  const { id } = await openDossier(page, { type_id: 1, title: "Modifications" });
  const comments = `${GESTION()}/api/dossiers/${id}/comments`;
  const posted = await context.request.post(comments, { headers: { origin: GESTION() }, data: { content: "Le plan" } });
  expect(posted.status(), await posted.text()).toBe(201);
  const { data } = (await posted.json()) as { data: { id: string } };
  await page.goto(`${GESTION()}/dossiers/${id}`);
  await expectHydrated(page);
  const stored = async () => {
    const { data: list } = (await (await context.request.get(comments)).json()) as {
      data: { comments: { content: string; seq: number }[] };
    };
    return list.comments.map(({ content, seq }) => [content, seq]);
  };
  return { page, id, address: `${comments}/${data.id}`, comment: page.locator(`#comment-${data.id}`), stored };
}

test("an edit without a network waits in sight over a reload and is made once; what came between is shown, and no text is lost", async ({
  browserOf,
}) => {
  const context = await browserOf();
  const { page, id, address, comment, stored } = await openCommented(context, "Mamy Tunnel");
  let fate: "lost" | "answer-lost" | "well" = "lost";
  await context.route(/\/api\/dossiers\/\d+\/comments\/[0-9a-f-]+$/, async (route) => {
    if (route.request().method() !== "PUT" || fate === "well") return route.continue();
    if (fate === "answer-lost") {
      await route.fetch();
      fate = "well";
    }
    return route.abort();
  });
  const change = async (text: string) => {
    fate = "lost";
    await comment.getByRole("button", { name: /^Actions/ }).click();
    await page.getByRole("menuitem", { name: "Modifier" }).click();
    await edit(page).fill(text);
    await page
      .locator("form")
      .filter({ has: edit(page) })
      .getByRole("button", { name: "Enregistrer" })
      .click();
    await expect(comment.locator("[data-outbox=waiting]").last()).toContainText(text);
    await expect(edit(page)).toHaveCount(0);
  };
  const networkReturns = async (what: "answer-lost" | "well") => {
    fate = what;
    await page.evaluate(() => window.dispatchEvent(new Event("online")));
  };
  const waiting = comment.locator("[data-outbox=waiting]");
  const refused = comment.locator("[data-outbox=refused]");
  const none = page.locator("[data-outbox]");

  await change("Le plan cadastral");
  await expect(waiting.getByText("En attente", { exact: true })).toBeVisible();
  await expectAccessibleAtAllWidths(page, "an edit that waits");
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.reload();
  await expect(waiting).toContainText("Le plan cadastral");
  await expect(edit(page)).toHaveCount(0);
  await expectHydrated(page);
  // Another edit builds upon the one that waits.
  await change("Le plan cadastral de Lala");
  expect(await stored()).toEqual([["Le plan", 1]]);
  await networkReturns("answer-lost");
  await expect(none).toHaveCount(0);
  await expect(comment).toContainText("Le plan cadastral de Lala");
  expect(await stored()).toEqual([["Le plan cadastral de Lala", 3]]);
  const drafts = async () => {
    const answer = await context.request.get(`${GESTION()}/api/dossiers/${id}/comment-drafts`);
    return ((await answer.json()) as { data: unknown[] }).data;
  };
  await expect.poll(drafts).toEqual([]);

  // On another device the comment was changed meanwhile.
  await change("Le plan de masse");
  const headers = { origin: GESTION() };
  const there = await context.request.put(address, { headers, data: { content: "Le plan de situation" } });
  expect(there.status(), await there.text()).toBe(200);
  await networkReturns("well");
  await expect(refused).toContainText("Le plan de masse");
  await expect(refused.getByRole("alert")).toContainText("ce commentaire a été modifié entre-temps");
  await expect(comment.getByText("Le plan de situation")).toHaveCount(2);
  await expectAccessibleAtAllWidths(page, "an edit that met another");
  await page.setViewportSize({ width: 1280, height: 800 });
  await refused.getByRole("button", { name: "Reprendre dans le champ" }).click();
  await expect(edit(page)).toHaveValue("Le plan de masse");
  await expect(none).toHaveCount(0);
  await page
    .locator("form")
    .filter({ has: edit(page) })
    .getByRole("button", { name: "Enregistrer" })
    .click();
  await expect(edit(page)).toHaveCount(0);
  // Where it waits its text is seen too, and the queue may show it a moment later.
  await expect.poll(stored).toMatchObject([["Le plan de masse", expect.any(Number)]]);
  await expect(none).toHaveCount(0);
  await expect(comment).toContainText("Le plan de masse");

  // The same, and its author decides at once.
  await change("Le plan de récolement");
  await context.request.put(address, { headers, data: { content: "Le plan de coupe" } });
  await networkReturns("well");
  await refused.getByRole("button", { name: "Remplacer par mon texte" }).click();
  await expect(none).toHaveCount(0);
  await expect(comment).toContainText("Le plan de récolement");

  // The comment was deleted meanwhile: the text stays, and is sent once the comment is back.
  await change("Le plan topographique");
  expect((await context.request.delete(address, { headers })).status()).toBe(200);
  await networkReturns("well");
  await expect(refused).toContainText("Le plan topographique");
  await expect(refused.getByRole("alert")).toContainText("a été supprimé entre-temps");
  await comment.getByRole("button", { name: "Rétablir" }).click();
  await expect(comment).toContainText("Le plan de récolement");
  await refused.getByRole("button", { name: "Réessayer" }).click();
  await expect(none).toHaveCount(0);
  await expect(comment).toContainText("Le plan topographique");
});

test("a text that the browser cannot keep until it is sent stays in its field", async ({ browserOf }) => {
  const context = await browserOf();
  await context.addInitScript(() => {
    const open = IDBFactory.prototype.open;
    IDBFactory.prototype.open = function (name: string, version?: number) {
      if (name === "mgs-outbox") throw new DOMException("full", "QuotaExceededError");
      return open.call(this, name, version);
    };
  });
  const { page, stored } = await openCommented(context, "Rado Plein");
  const field = page.getByLabel("Votre commentaire");
  await field.fill("Nulle part où attendre");
  await page.getByRole("button", { name: "Commenter" }).click();
  await expect(page.getByText("Ce navigateur n’a pas pu garder le texte.")).toBeVisible();
  await expect(field).toHaveValue("Nulle part où attendre");
  expect(await stored()).toEqual([["Le plan", 1]]);
});
