import type { BrowserContext, Page } from "@playwright/test";
import { expectAccessibleAtAllWidths } from "./support/accessibility";
import { createPerson } from "./support/cli";
import { openDossier } from "./support/dossiers";
import { urlOf } from "./support/instance";
import { signIn } from "./support/sign-in";
import { expectHydrated } from "./support/streamed";
import { expect, test } from "./support/test";

const GESTION = () => urlOf("gestion-dossier");
const apiOf = (id: number, part: string) => `${GESTION()}/api/dossiers/${id}/${part}`;

/** Writes a comment. @returns its id */
async function post({ request }: BrowserContext, id: number, content: string): Promise<string> {
  const answer = await request.post(apiOf(id, "comments"), { headers: { origin: GESTION() }, data: { content } });
  expect(answer.status(), await answer.text()).toBe(201);
  return ((await answer.json()) as { data: { id: string } }).data.id;
}

/** What the server has of a person's drafts, by the kind of their places. */
async function drafts({ request }: BrowserContext, id: number): Promise<Record<string, string>> {
  const { data } = (await (await request.get(apiOf(id, "comment-drafts"))).json()) as {
    data: { place: string; content: string }[];
  };
  return Object.fromEntries(data.map(({ place, content }) => [place.split(":")[0], content]));
}

const answer = (page: Page) => page.getByLabel("Votre réponse");
const edit = (page: Page) => page.getByLabel("Modifier le commentaire");

test("an answer and an edit outlive a reload, a sign-out and a change of device, and no device overwrites another", async ({
  browserOf,
}) => {
  const hery = await createPerson(`Hery Brouillon ${Date.now()}`, "gestionnaire");
  const [desk, phone] = [await browserOf(), await browserOf()];
  await signIn(desk, hery);
  const page = await desk.newPage();
  await page.goto(`${GESTION()}/dashboard`);
  const { id } = await openDossier(page, { type_id: 1, title: "Brouillons" });
  const address = `${GESTION()}/dossiers/${id}`;
  await post(desk, id, "Où est le plan ?");
  await page.goto(address);
  await expectHydrated(page);
  const comment = page.locator("[data-comment]").first();

  await comment.getByRole("button", { name: "Répondre" }).click();
  await answer(page).fill("Il est arr");
  await comment.getByRole("button", { name: /^Actions/ }).click();
  await page.getByRole("menuitem", { name: "Modifier" }).click();
  await edit(page).fill("Où est le plan cadastral ?");
  await expect.poll(() => drafts(desk, id)).toEqual({ reply: "Il est arr", edit: "Où est le plan cadastral ?" });

  // The fields stand open again, and the page begins at its top.
  await page.reload();
  await expect(answer(page)).toHaveValue("Il est arr");
  await expect(edit(page)).toHaveValue("Où est le plan cadastral ?");
  await expect(edit(page)).not.toBeFocused();

  // Another device goes on; what it typed is the newer, whatever this browser has kept.
  await signIn(phone, hery);
  const there = await phone.newPage();
  await there.goto(address);
  await expect(answer(there)).toHaveValue("Il est arr");
  await expectHydrated(there);
  await answer(there).fill("Il est arrivé au téléphone");
  await expect.poll(async () => (await drafts(phone, id)).reply).toBe("Il est arrivé au téléphone");
  await page.reload();
  await expect(answer(page)).toHaveValue("Il est arrivé au téléphone");

  // Without a network both go on: each text stays, until their author chooses.
  await expectHydrated(page);
  await desk.setOffline(true);
  await answer(page).fill("Il est arrivé au bureau");
  await answer(there).fill("Il est arrivé dans le bus");
  await expect.poll(async () => (await drafts(phone, id)).reply).toBe("Il est arrivé dans le bus");
  await desk.setOffline(false);
  const other = page.getByText("vous avez gardé un autre texte ailleurs");
  await expect(other).toBeVisible();
  await expect(page.getByText("Il est arrivé dans le bus")).toBeVisible();
  await expect(answer(page)).toHaveValue("Il est arrivé au bureau");
  await expectAccessibleAtAllWidths(page, "a draft that two devices have changed");
  await page.setViewportSize({ width: 1280, height: 800 });
  expect((await drafts(desk, id)).reply).toBe("Il est arrivé dans le bus");
  await page.getByRole("button", { name: "Garder le mien" }).click();
  await expect(other).toHaveCount(0);
  await expect.poll(async () => (await drafts(desk, id)).reply).toBe("Il est arrivé au bureau");

  // A sign-out deletes what the browser has; the text is there after the next sign-in.
  await page.goto(`${GESTION()}/logout`);
  await expectHydrated(page);
  await page.getByRole("button", { name: "Se déconnecter" }).click();
  await expect(page).toHaveURL(/\/logout\/termine$/);
  await signIn(desk, hery);
  await page.goto(address);
  await expect(answer(page)).toHaveValue("Il est arrivé au bureau");
  await expect(edit(page)).toHaveValue("Où est le plan cadastral ?");

  // Escape leaves a field with its text; what is sent or given up is no draft any more.
  await expectHydrated(page);
  await answer(page).press("Escape");
  await expect(answer(page)).toHaveCount(0);
  await comment.getByRole("button", { name: "Répondre" }).click();
  await expect(answer(page)).toHaveValue("Il est arrivé au bureau");
  await page.getByRole("button", { name: "Enregistrer" }).last().click();
  await expect(comment).toContainText("Où est le plan cadastral ?");
  await expect(edit(page)).toHaveCount(0);
  const form = page.locator("form").filter({ has: answer(page) });
  await form.getByRole("button", { name: "Annuler" }).click();
  await expect.poll(() => drafts(desk, id)).toEqual({});
  await page.reload();
  await expectHydrated(page);
  await expect(answer(page)).toHaveCount(0);
});

test("a comment that waits or was refused stays in sight on every page, and is sent from any of them", async ({
  browserOf,
}) => {
  const context = await browserOf();
  await signIn(context, await createPerson(`Aina Attente ${Date.now()}`, "gestionnaire"));
  const page = await context.newPage();
  await page.goto(`${GESTION()}/dashboard`);
  const { id, reference } = await openDossier(page, { type_id: 1, title: "Écrit sans réseau" });
  await page.goto(`${GESTION()}/dossiers/${id}`);
  await expectHydrated(page);
  const other = await context.newPage();
  await other.goto(`${GESTION()}/dashboard`);
  let fate: "lost" | "refused" = "lost";
  const comments = /\/api\/dossiers\/\d+\/comments$/;
  await context.route(comments, (route) => {
    if (route.request().method() !== "POST") return route.continue();
    if (fate === "lost") return route.abort();
    const error = { code: "VALIDATION_ERROR", message: "Un mot est refusé." };
    return route.fulfill({ status: 422, json: { success: false, error } });
  });
  await page.getByLabel("Votre commentaire").fill("Écrit dans le tunnel");
  await page.getByRole("button", { name: "Commenter" }).click();
  await expect(page.locator("[data-outbox=waiting]")).toContainText("Écrit dans le tunnel");
  // Its own page shows it in its place; other pages name it, also those that were open before.
  await expect(page.locator("[data-outbox-notice]")).toHaveText("");
  const notice = (at: Page) => at.locator("[data-outbox-notice]");
  await expect(notice(other)).toContainText("1 commentaire attend le réseau.");
  await page.goto(`${GESTION()}/dossiers`);
  await expect(notice(page)).toContainText("1 commentaire attend le réseau.");
  await expectAccessibleAtAllWidths(page, "a page while a comment waits");
  await page.setViewportSize({ width: 1280, height: 800 });

  fate = "refused";
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await expect(notice(page)).toContainText("1 commentaire n’a pas pu être envoyé.");
  await expect(notice(other)).toContainText("1 commentaire n’a pas pu être envoyé.");
  await notice(page).getByRole("link").filter({ hasText: reference }).click();
  const refused = page.locator("[data-outbox=refused]");
  await expect(refused).toContainText("Un mot est refusé.");
  await expect(refused).toBeInViewport();

  // It waits again, its author goes elsewhere, and the network returns.
  fate = "lost";
  await expectHydrated(page);
  await refused.getByRole("button", { name: "Réessayer" }).click();
  await expect(page.locator("[data-outbox=waiting]")).toBeVisible();
  await page.goto(`${GESTION()}/seances`);
  await expect(notice(page)).toContainText("1 commentaire attend le réseau.");
  await context.unroute(comments);
  await context.setOffline(true);
  await context.setOffline(false);
  await expect(notice(page)).toHaveText("");
  await expect(notice(other)).toHaveText("");
  const stored = await (await context.request.get(apiOf(id, "comments"))).json();
  expect(stored.data.comments.map(({ content }: { content: string }) => content)).toEqual(["Écrit dans le tunnel"]);
});

test("a screen reader hears each comment once, also two alike, and a folded discussion stays in its card on a phone", async ({
  browserOf,
}) => {
  const context = await browserOf();
  await signIn(context, await createPerson(`Lova Lecture ${Date.now()}`, "gestionnaire"));
  const colleague = await browserOf();
  await signIn(colleague, await createPerson("Vola Bavarde", "gestionnaire"));
  const page = await context.newPage();
  await page.goto(`${GESTION()}/dashboard`);
  const { id } = await openDossier(page, { type_id: 1, title: "Annonces" });
  await colleague.request.get(`${GESTION()}/login/oauth`);
  await page.goto(`${GESTION()}/dossiers/${id}`);
  await expectHydrated(page);
  // What a live region has added is what a screen reader reads.
  await page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    const region = document.querySelector("[data-comments] > [role=status]");
    if (!region) throw new Error("the comments have no live region");
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes) for (const node of addedNodes) heard.push(node.textContent ?? "");
    }).observe(region, { childList: true, subtree: true, characterData: true });
  });
  const heard = () => page.evaluate(() => (window as unknown as { heard: string[] }).heard);
  const news = "Nouveau commentaire de Vola Bavarde";
  const first = await post(colleague, id, `Le plan ${"cadastral ".repeat(30)}`);
  await expect.poll(heard).toEqual([news]);
  await post(colleague, id, "La facture");
  await expect.poll(heard).toEqual([news, news]);

  const comment = page.locator("[data-comment]").first();
  await comment.getByRole("button", { name: /^Actions/ }).click();
  await page.getByRole("menuitem", { name: "Marquer comme résolu" }).click();
  const folded = page.locator("li").filter({ has: page.getByRole("button", { name: "Afficher la discussion" }) });
  await expect(folded).toBeVisible();
  await page.setViewportSize({ width: 360, height: 740 });
  // The page takes its new width a moment after the window.
  await expect(async () => {
    const [inner, outer] = [await folded.boundingBox(), await page.locator("[data-comments]").first().boundingBox()];
    if (!inner || !outer) throw new Error("the discussion is not drawn");
    expect(inner.x).toBeGreaterThanOrEqual(outer.x);
    expect(inner.x + inner.width).toBeLessThanOrEqual(outer.x + outer.width);
    expect(outer.x + outer.width).toBeLessThanOrEqual(360);
  }).toPass();

  // The address of a comment leads to it, also where the discussion is folded and further back than the page begins with.
  for (let number = 1; number <= 11; number++)
    for (const writer of [context, colleague]) await post(writer, id, `Suite ${number}`);
  await page.goto("about:blank");
  await page.goto(`${GESTION()}/dossiers/${id}#comment-${first}`);
  await expect(page.locator(`#comment-${first}`)).toBeInViewport();
});

test("an answer whose comment stands on an older page is named, and is gone on with there", async ({ browserOf }) => {
  const context = await browserOf();
  await signIn(context, await createPerson(`Tahina Loin ${Date.now()}`, "gestionnaire"));
  const colleague = await browserOf();
  await signIn(colleague, await createPerson("Nivo Question", "gestionnaire"));
  const page = await context.newPage();
  await page.goto(`${GESTION()}/dashboard`);
  const { id } = await openDossier(page, { type_id: 1, title: "Loin" });
  await colleague.request.get(`${GESTION()}/login/oauth`);
  const first = await post(colleague, id, "Et le plan ?");
  for (let number = 1; number <= 11; number++)
    for (const writer of [context, colleague]) await post(writer, id, `Suite ${number}`);
  const kept = await context.request.put(apiOf(id, "comment-drafts"), {
    headers: { origin: GESTION() },
    data: { place: `reply:${first}`, content: "Il est au" },
  });
  expect(kept.status(), await kept.text()).toBe(200);

  await page.goto(`${GESTION()}/dossiers/${id}`);
  await expectHydrated(page);
  const line = page.locator("#main [data-far-drafts] li");
  await expect(line).toHaveText(/Une réponse non envoyée à Nivo Question attend plus haut\. La reprendre/);
  await expect(answer(page)).toHaveCount(0);
  await expectAccessibleAtAllWidths(page, "an answer that waits further up");
  await page.setViewportSize({ width: 1280, height: 800 });
  await line.getByRole("link", { name: "La reprendre" }).click();
  await expect(answer(page)).toHaveValue("Il est au");
  await expect(answer(page)).toBeFocused();
  await expect(page.locator(`#comment-${first}`)).toBeInViewport();
  await expect(line).toHaveCount(0);
  await answer(page).fill("Il est au dossier.");
  await page
    .locator("form")
    .filter({ has: answer(page) })
    .getByRole("button", { name: "Répondre" })
    .click();
  await expect(answer(page)).toHaveCount(0);
  await expect(page.locator("[data-comment]").filter({ hasText: "Il est au dossier." })).toHaveCount(1);
});
