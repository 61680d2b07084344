import type { BrowserContext, Page } from "@playwright/test";
import { query } from "./forms/scene";
import { expectAccessible, expectAccessibleAtAllWidths } from "./support/accessibility";
import { createPerson } from "./support/cli";
import { expectCount, openLive } from "./support/inbox";
import { urlOf } from "./support/instance";
import { openStatus } from "./support/messages";
import { ADMIN } from "./support/people";
import { expect, test } from "./support/test";

const GESTION = () => urlOf("gestion-dossier");
const DESKTOP = { width: 1280, height: 800 };

/** Calls the API as the browser's person. */
async function call<Data>({ request }: BrowserContext, method: string, path: string, data: object): Promise<Data> {
  const answer = await request.fetch(`${GESTION()}/api${path}`, { method, headers: { origin: GESTION() }, data });
  expect(answer.status(), `${path}: ${await answer.text()}`).toBeLessThan(300);
  return (await answer.json()).data;
}

/** Signs somebody in at the portal whose API the tests call. */
const enter = (context: BrowserContext) => context.request.get(`${GESTION()}/login/oauth`);

const open = (context: BrowserContext, input: object) => call<{ id: number }>(context, "POST", "/conversations", input);
const post = (context: BrowserContext, id: number, content: string) =>
  call<{ id: string }>(context, "POST", `/conversations/${id}/messages`, { content });

const list = (page: Page) => page.locator("#main").getByRole("list", { name: "Conversations" });
const row = (page: Page, title: string) => list(page).getByRole("link", { name: new RegExp(title) });

/** Chooses an entry of the open conversation's menu, and waits until the page shows what it did. */
async function choose(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "Réglages de la conversation" }).click();
  await page.getByRole("menuitem", { name, exact: true }).click();
}

async function choosePerson(page: Page, name: string): Promise<void> {
  await page.getByLabel("À qui").fill(name);
  await page.getByRole("option", { name: new RegExp(name) }).click();
}

test("a conversation is begun from the list, pinned, muted and archived, and its people are added and taken out", async ({
  signedIn,
}) => {
  const mark = Date.now();
  const [hery, aina, zo] = [
    await createPerson(`Hery ${mark}`, "gestionnaire"),
    await createPerson(`Aina ${mark}`, "gestionnaire"),
    await createPerson(`Zo ${mark}`, "gestionnaire"),
  ];
  const [mine, theirs] = [await signedIn(hery), await signedIn(aina)];
  for (const context of [mine, theirs]) await enter(context);
  const page = await mine.newPage();
  await openLive(page, `${GESTION()}/messages`);
  await expect(page.getByText("Aucune conversation")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Messages");
  await expectAccessibleAtAllWidths(page, "no conversation");
  await page.setViewportSize(DESKTOP);

  await page.getByRole("button", { name: "Nouvelle conversation" }).click();
  const dialog = page.getByRole("dialog", { name: "Nouvelle conversation" });
  await choosePerson(page, aina.name);
  await expect(dialog.getByLabel("À qui")).toHaveValue("");
  await choosePerson(page, zo.name);
  await dialog.getByLabel("Nom de la conversation").fill(`Comité ${mark}`);
  await expectAccessibleAtAllWidths(page, "a new conversation");
  await page.setViewportSize(DESKTOP);
  await dialog.getByRole("button", { name: "Nouvelle conversation" }).click();
  await expect(page).toHaveURL(/\/messages\/\d+$/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(`Comité ${mark}`);
  const id = Number(new URL(page.url()).pathname.split("/").at(-1));
  await open(theirs, { user_ids: [hery.id] });
  const pair = await open(mine, { user_ids: [aina.id] });
  await post(theirs, pair.id, "Plus récent");
  await expect(list(page).getByRole("link").first()).toContainText("Plus récent");

  // The list shows in its own tab what was set, and the number in the header follows.
  await choose(page, "Épingler");
  await expect(list(page).getByRole("link").first()).toContainText(`Comité ${mark}`);
  await expect(row(page, `Comité ${mark}`).getByRole("img", { name: "Épinglée" })).toBeVisible();
  await choose(page, "Mettre en sourdine");
  await expect(row(page, `Comité ${mark}`).getByRole("img", { name: "En sourdine" })).toBeVisible();
  await expectAccessible(page, "rows of the list");
  await choose(page, "Archiver");
  await expect(row(page, `Comité ${mark}`)).toHaveCount(0);
  await page.getByRole("button", { name: "Archivées" }).click();
  await expect(row(page, `Comité ${mark}`)).toBeVisible();
  await page.getByRole("button", { name: "Toutes" }).click();
  await post(theirs, id, "Elle revient");
  await expect(row(page, "Elle revient")).toBeVisible();

  // Without a hit the field says where else to look.
  await page.getByLabel("Filtrer par nom ou par personne").fill("zzz");
  await expect(page.getByText("Aucune conversation ne correspond")).toBeVisible();
  await page.getByLabel("Filtrer par nom ou par personne").fill("");

  await choose(page, "Personnes");
  const people = page.getByRole("dialog", { name: "Personnes" });
  await expect(people.getByRole("listitem").filter({ hasText: aina.name })).toBeVisible();
  await people.getByRole("button", { name: `Retirer ${zo.name}` }).click();
  await expect(people.getByText(zo.name)).toHaveCount(0);
  await people.getByLabel("Ajouter quelqu’un").fill(zo.name);
  await people.getByRole("option", { name: new RegExp(zo.name) }).click();
  await people.getByLabel("Depuis le début").check();
  await expectAccessibleAtAllWidths(page, "the people of a conversation");
  await page.setViewportSize(DESKTOP);
  await people.getByRole("button", { name: "Ajouter", exact: true }).click();
  await expect(people.getByRole("listitem").filter({ hasText: zo.name })).toBeVisible();
  // Who did not make it takes nobody out.
  const other = await theirs.newPage();
  await openLive(other, `${GESTION()}/messages/${id}`);
  await choose(other, "Personnes");
  await expect(other.getByRole("dialog").getByRole("listitem").filter({ hasText: hery.name })).toBeVisible();
  await expect(other.getByRole("button", { name: /^Retirer / })).toHaveCount(0);
});

test("the search explains its filters, marks its words, and leads to the message in its place", async ({
  signedIn,
}) => {
  const hery = await createPerson(`Hery ${Date.now()}`, "gestionnaire");
  const mine = await signedIn(ADMIN);
  await enter(mine);
  const theirs = await signedIn(hery);
  const { id } = await open(mine, { user_ids: [hery.id] });
  await query(`
    INSERT INTO messages (id, conversation_id, author_id, content, created_at, place, seq)
    SELECT gen_random_uuid(), ${id}, ${ADMIN.id}, CASE n WHEN 20 THEN 'L’élargissement du port' ELSE 'n° ' || n END,
      now() - make_interval(mins => 301 - n), n, n FROM generate_series(1, 300) n`);
  await query(`INSERT INTO change_heads (stream, key, seq) VALUES ('messages', '${id}', 300)`);
  await query(`UPDATE conversations SET last_place = 300 WHERE id = ${id}`);
  await query(`UPDATE conversation_members SET read_place = 300 WHERE conversation_id = ${id}`);
  const page = await theirs.newPage();
  await openLive(page, `${GESTION()}/messages`);
  await page.getByRole("button", { name: "Rechercher dans vos messages" }).click();
  const dialog = page.getByRole("dialog");
  const field = dialog.getByLabel("Mots à trouver");
  await expectAccessibleAtAllWidths(page, "the search");
  await page.setViewportSize(DESKTOP);
  await field.fill("rien de tel");
  await field.press("Enter");
  await expect(dialog.getByText("Aucun message ne correspond")).toBeVisible();
  await field.fill("elargissement");
  await dialog.getByRole("button", { name: "de:Hery" }).click();
  await expect(field).toHaveValue("elargissement de:");
  await field.pressSequentially("Voahangy avant:hier");
  await field.press("Enter");
  await expect(dialog.getByRole("alert")).toBeVisible();
  await field.fill("elargissement de:Voahangy");
  await field.press("Enter");
  await expect(dialog.locator("mark")).toHaveText("élargissement");
  await expectAccessible(page, "what the search has found");
  await dialog.getByRole("link", { name: /élargissement/ }).click();
  await expect(page).toHaveURL(new RegExp(`/messages/${id}\\?message=`));
  const found = page.locator("#main [aria-current=location]").filter({ hasText: "L’élargissement du port" });
  await expect(found).toBeInViewport();
  await expectAccessible(page, "the message that was found, marked");
});

test("a reminder stands in its list, leads to its message, and rings the bell at its time", async ({ signedIn }) => {
  const hery = await createPerson(`Hery ${Date.now()}`, "gestionnaire");
  const mine = await signedIn(ADMIN);
  await enter(mine);
  const theirs = await signedIn(hery);
  const { id } = await open(mine, { user_ids: [hery.id] });
  const message = await post(mine, id, "À ne pas oublier");
  const page = await theirs.newPage();
  await openLive(page, `${GESTION()}/messages/${id}`);
  const shown = page.locator("#main [data-message]").filter({ hasText: "À ne pas oublier" });
  await shown.hover();
  await shown.getByRole("button", { name: /^Actions sur le message/ }).click();
  await page.getByRole("menuitem", { name: "Me le rappeler", exact: true }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Demain à 8/ })
    .click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.getByRole("button", { name: "Envois programmés et rappels" }).click();
  const later = page.getByRole("dialog", { name: "Envois programmés et rappels" });
  await expect(later).toContainText("À ne pas oublier");
  await expectAccessible(page, "reminders");
  await later.getByRole("link", { name: /À ne pas oublier/ }).click();
  await expect(later).toHaveCount(0);
  await expect(page).toHaveURL(new RegExp(`message=${message.id}`));

  await page.goto(`${GESTION()}/dashboard`);
  await call(theirs, "PUT", `/conversations/${id}/messages/${message.id}/reminder`, {
    remind_at: new Date(Date.now() + 1_500).toISOString(),
  });
  await expectCount(page, 1);
});

test("on a phone the list and a conversation are separate screens, with a way back", async ({ signedIn }) => {
  const hery = await createPerson(`Hery ${Date.now()}`, "gestionnaire");
  const mine = await signedIn(ADMIN);
  await enter(mine);
  const theirs = await signedIn(hery, { viewport: { width: 360, height: 740 } });
  const { id } = await open(mine, { user_ids: [hery.id] });
  await post(mine, id, "Bonjour du port");
  const page = await theirs.newPage();
  await openLive(page, `${GESTION()}/messages`);
  await row(page, ADMIN.name).click();
  await expect(page).toHaveURL(`${GESTION()}/messages/${id}`);
  await expect(page.locator("#main [data-message]")).toContainText("Bonjour du port");
  await expect(list(page)).toBeHidden();
  await expect(page.getByLabel(/^Votre message à /)).toBeInViewport();
  await page.getByRole("link", { name: "Toutes les conversations" }).click();
  await expect(page).toHaveURL(`${GESTION()}/messages`);
  await expect(row(page, ADMIN.name)).toBeVisible();
  await expect(page.locator("#main [data-message]")).toHaveCount(0);
});

test("the palette finds conversations, and leads to the one with a colleague, which it begins where there is none", async ({
  signedIn,
}) => {
  const mark = Date.now();
  const [hery, aina] = [
    await createPerson(`Hery ${mark}`, "gestionnaire"),
    await createPerson(`Aina ${mark}`, "gestionnaire"),
  ];
  const mine = await signedIn(hery);
  const page = await mine.newPage();
  await openLive(page, `${GESTION()}/dashboard`);
  const palette = page.getByRole("dialog", { name: "Palette de commandes" });
  async function find(words: string, name: RegExp): Promise<void> {
    await page.keyboard.press("Control+k");
    await palette.getByRole("combobox").fill(words);
    await palette.getByRole("option", { name }).click();
  }
  await find(aina.name, new RegExp(`Écrire à ${aina.name}`));
  const dialog = page.getByRole("dialog", { name: "Nouvelle conversation" });
  await expect(dialog.getByRole("listitem").filter({ hasText: aina.name })).toBeVisible();
  await dialog.getByRole("button", { name: "Nouvelle conversation" }).click();
  await expect(page).toHaveURL(/\/messages\/\d+$/);
  const first = page.url();
  await openLive(page, `${GESTION()}/messages`);
  await expect(row(page, aina.name)).toBeVisible();
  await openLive(page, `${GESTION()}/dashboard`);
  await find(aina.name, new RegExp(`Écrire à ${aina.name}`));
  await expect(page).toHaveURL(first);
  await openLive(page, `${GESTION()}/dashboard`);
  await find("nouvelle conversation", /Nouvelle conversation/);
  await expect(dialog.getByLabel("À qui")).toBeVisible();
  const named = await open(mine, { user_ids: [aina.id, ADMIN.id], name: `Chantier ${mark}` });
  await openLive(page, `${GESTION()}/dashboard`);
  await find(`chantier ${mark}`, new RegExp(`Chantier ${mark}`));
  await expect(page).toHaveURL(`${GESTION()}/messages/${named.id}`);
});

test("who may not see a dossier is not added to its conversation, and the page says who", async ({ signedIn }) => {
  const mark = Date.now();
  const [hery, stranger] = [
    await createPerson(`Hery ${mark}`, "gestionnaire"),
    await createPerson(`Tovo ${mark}`, "comptable"),
  ];
  const mine = await signedIn(hery);
  await enter(mine);
  const dossier = await call<{ id: number; url: string }>(mine, "POST", "/dossiers", {
    ...{ type_id: 1, title: `Réservé ${mark}`, concerned: { kind: "entreprise", name: "Rova SARL" } },
  });
  const page = await mine.newPage();
  await openLive(page, dossier.url);
  await page.getByRole("button", { name: "Écrire à propos de ce dossier" }).click();
  await choosePerson(page, stranger.name);
  await page.getByRole("dialog").getByRole("button", { name: "Nouvelle conversation" }).click();
  await expect(page.getByRole("dialog").getByRole("alert")).toContainText(stranger.name);
  await expect(page).toHaveURL(dossier.url);
});

test("how somebody is seen stands beside their name in words, and who is invisible is seen as gone", async ({
  signedIn,
}) => {
  const mark = Date.now();
  const [hery, aina] = [
    await createPerson(`Hery ${mark}`, "gestionnaire"),
    await createPerson(`Aina ${mark}`, "gestionnaire"),
  ];
  const [mine, theirs] = [await signedIn(hery), await signedIn(aina)];
  for (const context of [mine, theirs]) await enter(context);
  const { id } = await open(mine, { user_ids: [aina.id] });
  const [page, other, second] = [await mine.newPage(), await theirs.newPage(), await theirs.newPage()];
  await openLive(page, `${GESTION()}/messages/${id}`);
  await openLive(second, `${GESTION()}/dashboard`);
  await openLive(other, `${GESTION()}/dashboard`);
  const words = page.locator("#main header");
  await expect(words.getByText("En ligne").first()).toBeVisible();
  await openStatus(other);
  // Every page of theirs holds toasts back from now on.
  const heard = second.waitForResponse((response) => response.url().endsWith("/api/presence/me"));
  await other.getByRole("menuitemradio", { name: "30 minutes" }).click();
  expect((await (await heard).json()).data.status).toBe("dnd");
  await expect(words.getByText("Ne pas déranger").first()).toBeVisible();
  await openStatus(other);
  await expect(other.getByRole("menuitemradio", { name: /^Ne pas déranger, jusqu’à / })).toBeChecked();
  await expectAccessible(other, "the menu of a person who does not want to be disturbed");
  await other.getByRole("menuitemradio", { name: "Invisible" }).click();
  await expect(words.getByText(/^Vu /).first()).toBeVisible();
  await openStatus(other);
  await other.getByRole("menuitemradio", { name: "En ligne" }).click();
  await expect(words.getByText("En ligne").first()).toBeVisible();
});
