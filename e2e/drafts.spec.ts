import type { BrowserContext, Locator, Page } from "@playwright/test";
import { expectAccessibleAtAllWidths } from "./support/accessibility";
import { revokeSessions } from "./support/cli";
import { openLive } from "./support/inbox";
import { urlOf } from "./support/instance";
import { uniqueTitre } from "./support/notifications";
import { ADMIN, type Person, person } from "./support/people";
import { whilePaused } from "./support/processes";
import { fillSignIn, SIGN_IN_PAGE } from "./support/sign-in";
import { expectHydrated } from "./support/streamed";
import { expect, test } from "./support/test";

/** People whose sign-ins no other test shares, since these tests end them. */
const who = person("Thierry Rakotoarisoa");
const other = person("Noro Rakotovao");
const reader = person("Élodie Marchand");

const sendForm = () => `${urlOf("commercial")}/notifications/send`;
const notice = (page: Page) => page.getByTestId("session-end");
const field = (page: Page, name: string) => page.getByRole("textbox", { name });
const recipient = (page: Page): Locator => page.getByRole("combobox", { name: "Destinataire" });

async function write(page: Page, titre: string, message: string): Promise<void> {
  await recipient(page).fill("Marchand");
  await page.getByRole("option", { name: reader.name }).click();
  await field(page, "Titre").fill(titre);
  await field(page, "Message").pressSequentially(message);
}

async function expectWritten(page: Page, titre: string, message: string): Promise<void> {
  await expect(recipient(page)).toHaveValue(reader.name);
  await expect(field(page, "Titre")).toHaveValue(titre);
  await expect(field(page, "Message")).toHaveValue(message);
}

async function expectEmpty(page: Page): Promise<void> {
  // An enabled field shows that the draft has been read.
  await expect(field(page, "Titre")).toBeEnabled();
  await expect(field(page, "Titre")).toHaveValue("");
  await expect(field(page, "Message")).toHaveValue("");
}

async function submit(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Envoyer", exact: true }).click();
}

async function expectSent(page: Page): Promise<void> {
  await expect(page.getByText(`Notification envoyée à ${reader.name}.`)).toBeVisible();
}

async function openForm(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto(sendForm());
  return page;
}

/** Fills and submits the visible sign-in form. */
async function signInHere(page: Page, someone: Person): Promise<void> {
  await expect(page).toHaveURL(SIGN_IN_PAGE);
  await fillSignIn(page, someone.email);
}

async function signOut(page: Page): Promise<void> {
  await page.goto(`${urlOf("commercial")}/logout`);
  // Without its scripts the page would sign out as well, and delete no draft.
  await expectHydrated(page);
  await page.getByRole("button", { name: "Se déconnecter" }).click();
  await expect(page).toHaveURL(/\/logout\/termine$/);
}

test("a session that ends while a person types: the page shows it, and the form is sent after a sign-in in a new tab", async ({
  signedIn,
}) => {
  test.setTimeout(600_000);
  const context = await signedIn(who, { own: true });
  const page = await context.newPage();
  await openLive(page, sendForm());
  const titre = uniqueTitre("Session finie");
  await write(page, titre, "À moitié");
  await revokeSessions(who.email);
  await expect(notice(page)).toContainText("Votre session a pris fin.");
  await field(page, "Message").pressSequentially(" écrit, puis fini.");
  await expectWritten(page, titre, "À moitié écrit, puis fini.");
  await expectAccessibleAtAllWidths(page, "a form whose session has ended");
  await page.setViewportSize({ width: 1_280, height: 800 });
  // A send shows the same notice and keeps all of the text.
  await submit(page);
  await expect(page.getByText("Votre session a pris fin. Connectez-vous à nouveau.")).toBeVisible();
  await expectWritten(page, titre, "À moitié écrit, puis fini.");
  expect(page.url()).toBe(sendForm());

  const opening = context.waitForEvent("page");
  await page.getByRole("link", { name: "Se reconnecter (nouvel onglet)" }).click();
  const tab = await opening;
  await signInHere(tab, who);
  await expect(tab).toHaveURL(`${urlOf("commercial")}/reconnexion`);
  await expect(tab.getByText("Votre saisie vous attend")).toBeVisible();
  await expect(notice(page)).toHaveCount(0);
  await submit(page);
  await expectSent(page);
  // After the send there is no draft to restore.
  await page.reload();
  await expectEmpty(page);
});

test("a session that ended while the realtime server was down: the submitted form keeps its text, which returns after the sign-in", async ({
  signedIn,
}) => {
  test.setTimeout(600_000);
  const context = await signedIn(who, { own: true });
  const page = await openForm(context);
  const titre = uniqueTitre("Sans temps réel");
  await write(page, titre, "Tout est là.");
  await whilePaused("realtime-server", async () => {
    await revokeSessions(who.email);
    await submit(page);
    await expect(notice(page)).toBeVisible();
    await expectWritten(page, titre, "Tout est là.");
  });
  await page.getByRole("link", { name: "Se reconnecter ici" }).click();
  await signInHere(page, who);
  await expect(page).toHaveURL(sendForm());
  await expect(page.getByText("Voici ce que vous aviez écrit")).toBeVisible();
  await expectWritten(page, titre, "Tout est là.");
  await submit(page);
  await expectSent(page);
});

test("a draft is shown to its author alone, outlives its tab, and is deleted at the author's logout", async ({
  signedIn,
}) => {
  test.setTimeout(600_000);
  const context = await signedIn(who, { own: true });
  const page = await context.newPage();
  await openLive(page, sendForm());
  const titre = uniqueTitre("Poste partagé");
  await write(page, titre, "Personnel.");
  await revokeSessions(who.email);
  await expect(notice(page)).toBeVisible();

  // Another person signs in in another tab: the text disappears, and their form is empty.
  const theirs = await openForm(context);
  await signInHere(theirs, other);
  await expect(theirs).toHaveURL(sendForm());
  await expectEmpty(theirs);
  await expect(page).toHaveURL(`${urlOf("commercial")}/dashboard`);
  await expect(page.getByText(titre)).toHaveCount(0);
  await field(theirs, "Titre").fill("Texte de l’autre");
  await signOut(theirs);
  await page.close();
  await theirs.close();

  // The author gets it back in a new tab.
  const again = await openForm(context);
  await signInHere(again, who);
  await expectWritten(again, titre, "Personnel.");
  await signOut(again);
  await again.goto(sendForm());
  await signInHere(again, who);
  await expectEmpty(again);
  await signOut(again);
  await again.goto(sendForm());
  await signInHere(again, other);
  await expectEmpty(again);
});

test("a preference is saved after a new sign-in when the session ended during the request", async ({ signedIn }) => {
  const context = await signedIn(who, { own: true });
  const page = await context.newPage();
  await openLive(page, `${urlOf("commercial")}/profil`);
  let ended = false;
  await page.route("**/api/me", async (route) => {
    if (!ended && route.request().method() === "PATCH") {
      ended = true;
      await context.request.post(`${urlOf("commercial")}/logout`, { maxRedirects: 0 });
    }
    await route.continue();
  });
  await page.getByRole("main").getByRole("radio", { name: "Sombre" }).check();
  await expect(notice(page)).toBeVisible();
  await expect(page.getByText("Préférence enregistrée.")).toHaveCount(0);
  const opening = context.waitForEvent("page");
  await page.getByRole("link", { name: "Se reconnecter (nouvel onglet)" }).click();
  await signInHere(await opening, who);
  await expect(page.getByText("Préférence enregistrée.")).toBeVisible();
  await expect(notice(page)).toHaveCount(0);
  const me = await context.request.get(`${urlOf("commercial")}/api/me`);
  expect(((await me.json()) as { data: { theme: string } }).data.theme).toBe("dark");
});

test("a form of the console keeps its text when the session ends, also while its page polls the server", async ({
  signedIn,
}) => {
  const context = await signedIn(ADMIN, { own: true });
  const page = await context.newPage();
  await openLive(page, `${urlOf("administration")}/console/temps-reel`);
  const data = page.getByRole("textbox", { name: "Données" });
  await data.fill('{"essai": 1}');
  const { request } = context;
  expect((await request.post(`${urlOf("administration")}/logout`, { maxRedirects: 0 })).status()).toBe(303);
  await expect(notice(page)).toContainText("Vous vous êtes déconnecté.");
  // The page polls the figures every few seconds.
  const asked = (answer: { request(): { headers(): Record<string, string> } }) =>
    answer.request().headers()["next-action"] !== undefined;
  await page.waitForResponse(asked);
  await page.waitForResponse(asked);
  await expect(notice(page)).toBeVisible();
  await expect(data).toHaveValue('{"essai": 1}');
  await page.reload();
  await signInHere(page, ADMIN);
  await expect(page).toHaveURL(`${urlOf("administration")}/console/temps-reel`);
  await expect(data).toHaveValue('{"essai": 1}');
});
