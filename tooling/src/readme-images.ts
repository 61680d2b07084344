import { join } from "node:path";
import type { Portal } from "@mgs/core/portals";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "@playwright/test";
import { ROOT } from "./paths";
import { DEMO_PASSWORD, PEOPLE } from "./seed/people";
import { readSettings } from "./settings";
import { fail, say } from "./terminal";
import { findBrowser, listBrowserArguments } from "./testing/browser";

/**
 * Makes the images of README.md anew: `npm run images`, beside a `npm start` with the same MGS_PORT_BASE whose data folder is new
 * (MGS_DATA_DIR), since the images show the demonstration people's first notifications. Look at them before they are committed.
 */
const FOLDER = join(ROOT, "docs", "images");
const DESKTOP = { viewport: { width: 1280, height: 900 } };
const PHONE = { viewport: { width: 390, height: 780 }, deviceScaleFactor: 1.5, isMobile: true, hasTouch: true };
const READER = "Hery Rakotomalala";

type Message = { from: string; portal: Portal; titre: string; message: string };

const MESSAGES: readonly Message[] = [
  {
    ...{ from: "Voahangy Rasolofoniaina", portal: "administration", titre: "Maintenance dimanche 22 novembre" },
    message: "Les portails seront indisponibles de 6 h à 7 h. Enregistrez votre travail avant.",
  },
  {
    ...{ from: "Claire Ravelojaona", portal: "gestion-dossier", titre: "Dossier 2026-0417 : pièce manquante" },
    message: "L’attestation de revenus du deuxième emprunteur n’est pas au dossier.",
  },
  {
    ...{ from: "Tojo Andriamanana", portal: "commercial", titre: "Contrat CT-2041 signé" },
    message: "Le client Rasoanirina a signé ce matin. Le premier versement est attendu le 1er décembre.",
  },
];
const LAST: Message = {
  ...{ from: "Claire Ravelojaona", portal: "gestion-dossier", titre: "Dossier 2026-0431 prêt à valider" },
  message: "Toutes les pièces sont réunies. La décision vous revient.",
};

const { urls } = readSettings();

async function openSignedIn(
  browser: Browser,
  name: string,
  portal: Portal,
  options: BrowserContextOptions,
): Promise<Page> {
  const person = PEOPLE.find((one) => one.name === name);
  if (!person) throw new Error(`nobody is called ${name}`);
  const context = await browser.newContext({ locale: "fr-FR", timezoneId: "Indian/Antananarivo", ...options });
  const page = await context.newPage();
  await page.goto(`${urls[portal]}/dashboard`);
  await page.locator('input[name="email"]').fill(person.email);
  await page.locator('input[name="password"]').fill(DEMO_PASSWORD);
  await page.locator('button[type="submit"]').click();
  await page.waitForURL(`${urls[portal]}/dashboard`);
  return page;
}

/** Sends by the form of a portal, as a person does, and leaves the sender online. */
async function send(browser: Browser, senders: Map<string, Page>, { from, portal, titre, message }: Message) {
  const page = senders.get(from) ?? (await openSignedIn(browser, from, portal, DESKTOP));
  senders.set(from, page);
  await page.goto(`${urls[portal]}/notifications/send`);
  await page.getByRole("combobox", { name: "Destinataire" }).fill(READER.split(" ")[1] ?? READER);
  await page.getByRole("option", { name: READER }).click();
  await page.getByRole("textbox", { name: "Titre" }).fill(titre);
  await page.getByRole("textbox", { name: "Message" }).fill(message);
  await page.getByRole("button", { name: "Envoyer", exact: true }).click();
  await page.getByText(`Notification envoyée à ${READER}.`).waitFor();
}

async function picture(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(FOLDER, `${name}.png`), animations: "disabled" });
  say(`docs/images/${name}.png`);
}

async function makeImages(browser: Browser): Promise<void> {
  const senders = new Map<string, Page>();
  for (const message of MESSAGES) await send(browser, senders, message);
  const reader = await openSignedIn(browser, READER, "commercial", { ...DESKTOP, colorScheme: "light" });
  // Everybody is online, and the toast comes while the reader looks at the page.
  await reader.getByText("4 personnes").waitFor();
  await send(browser, senders, LAST);
  await reader.getByTestId("toast").filter({ hasText: LAST.titre }).waitFor();
  await reader.getByText("4 notifications vous attendent.").waitFor();
  await picture(reader, "dashboard-light");

  const state = await reader.context().storageState();
  const open = async (options: BrowserContextOptions): Promise<[BrowserContext, Page]> => {
    const common = { locale: "fr-FR", timezoneId: "Indian/Antananarivo", storageState: state };
    const context = await browser.newContext({ ...common, ...options });
    const page = await context.newPage();
    await page.goto(`${urls.commercial}/dashboard`);
    await page.getByText("4 personnes").waitFor({ state: options.isMobile ? "attached" : "visible" });
    return [context, page];
  };
  const [, dark] = await open({ ...DESKTOP, colorScheme: "dark" });
  await dark.getByTestId("bell").click();
  await dark.getByRole("dialog").getByText(LAST.titre).waitFor();
  await picture(dark, "bell-dark");

  const [, phone] = await open({ ...PHONE, colorScheme: "light" });
  await picture(phone, "dashboard-phone");

  const console = senders.get("Voahangy Rasolofoniaina");
  if (!console) throw new Error("the administrator has sent nothing");
  await console.goto(`${urls.administration}/console/personnes`);
  await console.getByRole("row", { name: new RegExp(READER) }).waitFor();
  await picture(console, "console-people");
}

/** The pages of dossiers, which the demonstration has filled. */
async function makeDossierImages(browser: Browser): Promise<void> {
  const portal = urls["gestion-dossier"];
  const page = await openSignedIn(browser, "Claire Ravelojaona", "gestion-dossier", {
    ...DESKTOP,
    colorScheme: "light",
  });
  const show = async (path: string, name: string): Promise<void> => {
    await page.goto(portal + path);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.waitForLoadState("networkidle");
    await picture(page, name);
  };
  // The first sign-in of a browser is told of, as a toast that would cover the pictures.
  await page.getByTestId("toast").getByRole("button", { name: "Fermer" }).click();
  await page.goto(`${portal}/dossiers?assignee=me&state=en_cours&priority=haute`);
  const dossier = await page.locator("[data-row-link]").first().getAttribute("href");
  if (!dossier) throw new Error("the demonstration has no such dossier");
  await show(dossier, "dossier-page");
  await show("/dossiers/tableau", "dossiers-board");
  await show("/dossiers/tableau-de-bord", "dossiers-figures");
}

async function main(): Promise<void> {
  const executablePath = findBrowser();
  if (executablePath === null) throw new Error("no Chromium on this machine");
  const browser = await chromium.launch({ executablePath, args: listBrowserArguments() });
  try {
    await makeImages(browser);
    await makeDossierImages(browser);
  } finally {
    await browser.close();
  }
}

await main().catch(fail);
