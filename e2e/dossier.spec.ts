import { paletteApiPath } from "@mgs/core/portal-links";
import { PORTALS } from "@mgs/core/portals";
import type { BrowserContext, Page } from "@playwright/test";
import { readXlsx } from "../packages/http/src/testing/read-xlsx";
import { expectAccessibleAtAllWidths } from "./support/accessibility";
import { createPerson } from "./support/cli";
import { de } from "./support/french";
import { expectCount, openLive, recordToasts, toasts } from "./support/inbox";
import { urlOf } from "./support/instance";
import { send } from "./support/notifications";
import { userToken } from "./support/oauth";
import { ADMIN } from "./support/people";
import { expectHydrated } from "./support/streamed";
import { expect, test } from "./support/test";

const GESTION = () => urlOf("gestion-dossier");

type Opened = { id: number; reference: string; url: string };

/** Opens a dossier as the person of a browser. */
async function openDossier({ request }: BrowserContext, input: Record<string, unknown>): Promise<Opened> {
  await request.get(`${GESTION()}/login/oauth`);
  const answer = await request.post(`${GESTION()}/api/dossiers`, {
    headers: { origin: GESTION() },
    data: { type_id: 1, concerned: { kind: "entreprise", name: "Rova Bâtiment SARL" }, ...input },
  });
  expect(answer.status()).toBe(201);
  return (await answer.json()).data;
}

/** Opens a dossier as Commercial does: on its own server, with the person's token, and again after an answer that was lost. */
async function openFromCommercial(token: string, mark: number, assigneeId: number): Promise<Opened> {
  const post = async () => {
    const answer = await fetch(`${GESTION()}/api/dossiers`, {
      method: "POST",
      headers: {
        ...{ authorization: `Bearer ${token}`, "content-type": "application/json" },
        "idempotency-key": `contrat-${mark}`,
      },
      body: JSON.stringify({
        ...{ type_id: 1, title: `Port ${mark}`, assignee_id: assigneeId, tags: ["port"] },
        concerned: { kind: "entreprise", name: "Rova Bâtiment SARL" },
        origin: { portal: "commercial", url: `${urlOf("commercial")}/dashboard`, title: `Contrat ${mark}` },
      }),
    });
    expect(answer.status, await answer.clone().text()).toBe(201);
    return ((await answer.json()) as { data: Opened }).data;
  };
  const [first, again] = [await post(), await post()];
  expect(again.reference).toBe(first.reference);
  return first;
}

test("another portal opens a dossier, two colleagues change it at once, and nothing that is typed is lost", async ({
  signedIn,
  thirdParty,
}) => {
  const mark = Date.now();
  const hery = await createPerson(`Hery ${mark}`, "gestionnaire");
  const [voahangy, theirs] = [await signedIn(ADMIN), await signedIn(hery)];
  const toasts = await recordToasts(theirs);
  const at = await theirs.newPage();
  await openLive(at, `${GESTION()}/dashboard`);
  const dossier = await openFromCommercial(await userToken(voahangy, thirdParty), mark, hery.id);
  await expect.poll(() => toasts.map(({ text }) => text).join()).toContain(dossier.reference);
  const badge = at.getByTestId("bell");
  await expect(badge).not.toHaveAttribute("data-count", "0");

  const mine = await voahangy.newPage();
  await openLive(mine, dossier.url);
  // The answer led here, and the page leads back to where it was opened from.
  const from = mine.getByRole("link", { name: `Ouvert depuis Contrat ${mark}` });
  await expect(from).toHaveAttribute("href", `${urlOf("commercial")}/dashboard`);
  await expectAccessibleAtAllWidths(mine, "a dossier");
  await openLive(at, dossier.url);
  // The page that is opened marks its own notification read.
  await expect(badge).toHaveAttribute("data-count", "0");
  await expect(mine.getByRole("list", { name: "Aussi sur cette page" })).toContainText(hery.name);

  // Hery types; Voahangy sees that he has unsaved changes, and changes the same field.
  await at.getByLabel("Titre", { exact: true }).fill(`Port ${mark} de Hery`);
  await expect(mine.getByRole("list", { name: "Aussi sur cette page" })).toContainText("modifie");
  await mine.getByLabel("Titre", { exact: true }).fill(`Port ${mark} de Voahangy`);
  await mine.getByLabel("Étiquettes").fill("port, nord");
  await mine.getByRole("button", { name: "Enregistrer" }).click();
  await expect(mine.getByText("Enregistré", { exact: true })).toBeVisible();

  // Both values stand there; what does not conflict has come by itself, and survives a reload with what was typed.
  const conflict = at.getByRole("group", { name: /Titre\s: deux valeurs/ });
  await expect(conflict).toContainText(`Port ${mark} de Voahangy`);
  await expect(at.getByLabel("Étiquettes")).toHaveValue("port, nord");
  await expectAccessibleAtAllWidths(at, "a conflict");
  await at.reload();
  await expect(at.getByLabel("Titre", { exact: true })).toHaveValue(`Port ${mark} de Hery`);
  await expect(conflict).toContainText(`Port ${mark} de Hery`);
  await at.getByRole("button", { name: "Enregistrer" }).click();
  await expect(at.getByText(/Choisissez d’abord/)).toBeVisible();
  await conflict.getByRole("button", { name: "Garder la mienne" }).click();
  await at.getByRole("button", { name: "Enregistrer" }).click();
  await expect(mine.getByRole("heading", { level: 1 })).toHaveText(`Port ${mark} de Hery`);
  await expect(at.getByRole("heading", { level: 1 })).toHaveText(`Port ${mark} de Hery`);
  await expectHydrated(at);
  await expect(mine.getByText(`Mis à jour à l’instant par ${hery.name}`)).toBeVisible();

  // A step shows in the other window; a decision needs its reason.
  await at.getByRole("button", { name: "Prendre en charge" }).press("Enter");
  await at.getByRole("dialog").getByRole("button", { name: "Prendre en charge" }).click();
  await mine.getByRole("button", { name: "Valider" }).press("Enter");
  const dialog = mine.getByRole("dialog", { name: "Valider" });
  await dialog.getByRole("button", { name: "Valider" }).click();
  await expect(dialog.getByRole("alert")).toBeVisible();
  await dialog.getByLabel("Motif").fill("Le dossier est complet.");
  await dialog.getByRole("button", { name: "Valider" }).click();
  await expect(at.getByText("Le dossier est complet.").first()).toBeVisible();
  await expect.poll(() => toasts.map(({ text }) => text).join()).toContain("complet");

  // The palette leads to it, by keyboard alone. A dialog that shuts would take its focus.
  await expect(dialog).toHaveCount(0);
  await mine.keyboard.press("Control+k");
  const palette = mine.getByRole("dialog", { name: "Palette de commandes" });
  await palette.getByRole("combobox").fill(`port ${mark}`);
  await expect(palette.getByRole("option").first()).toContainText(dossier.reference);
  await expectAccessibleAtAllWidths(mine, "the palette");
  await mine.keyboard.press("Enter");
  await expect(palette).toHaveCount(0);
  await expect(mine.getByRole("heading", { level: 1 })).toHaveText(`Port ${mark} de Hery`);

  // The history has all of it, on a page of its own too.
  await at.goto(`${dossier.url}/historique`);
  await expect(at.getByText(`Port ${mark} de Voahangy → Port ${mark} de Hery`)).toBeVisible();
  await expectAccessibleAtAllWidths(at, "the history of a dossier");

  // He gets another role while the page is open: it leaves at once.
  await openLive(at, dossier.url);
  const settings = await (await signedIn(ADMIN, { own: true })).newPage();
  await settings.goto(`${urlOf("administration")}/console/personnes/${hery.id}`);
  await expectHydrated(settings);
  await settings.getByRole("combobox", { name: "Rôle" }).selectOption("comptable");
  await settings.getByRole("button", { name: "Donner ce rôle" }).click();
  await expect(at).toHaveURL(/\/interaction\/|\/login\//);
  await expect(mine.getByRole("list", { name: "Aussi sur cette page" })).toHaveCount(0);
});

test("opening a record marks its notifications read in every portal, live, and nobody else's", async ({
  signedIn,
  machine,
}) => {
  const mark = Date.now();
  const [reader, colleague] = [
    await createPerson(`Nivo ${mark}`, "administrateur"),
    await createPerson(`Solo ${mark}`, "administrateur"),
  ];
  const [voahangy, readers, colleagues] = [await signedIn(ADMIN), await signedIn(reader), await signedIn(colleague)];
  const openBells = async (context: BrowserContext) => {
    const pages: Page[] = [];
    for (const portal of PORTALS) {
      const page = await context.newPage();
      await openLive(page, `${urlOf(portal)}/dashboard`);
      await page.evaluate(() => Object.assign(window, { stayed: true }));
      pages.push(page);
    }
    const unread = Number(await pages[0]?.getByTestId("bell").getAttribute("data-count"));
    return {
      expectMore: async (count: number) => {
        for (const page of pages) await expectCount(page, unread + count);
      },
      expectNoReload: async () => {
        for (const page of pages) expect(await page.evaluate(() => "stayed" in window)).toBe(true);
      },
    };
  };
  const [mine, theirs] = [await openBells(readers), await openBells(colleagues)];

  const dossier = await openDossier(voahangy, { title: `Cloches ${mark}` });
  const mention = await voahangy.request.post(`${GESTION()}/api/dossiers/${dossier.id}/comments`, {
    headers: { origin: GESTION() },
    data: { content: "Qu’en dites-vous ?", mentions: [reader.id, colleague.id] },
  });
  expect(mention.status()).toBe(201);
  // What leads elsewhere stays unread.
  await send(machine, reader);
  await mine.expectMore(2);
  await theirs.expectMore(1);

  const record = await readers.newPage();
  await record.goto(dossier.url);
  await expect(record.getByRole("heading", { level: 1 })).toHaveText(`Cloches ${mark}`);
  await mine.expectMore(1);
  // The next one comes to what was there before.
  await send(machine, colleague);
  await theirs.expectMore(2);
  await mine.expectNoReload();
  await theirs.expectNoReload();
});

/** Asks, as somebody without access and as who has it, for everything that could tell of a dossier. */
async function expectNothing(
  { request: theirs }: BrowserContext,
  { request: own }: BrowserContext,
  { mark, id, stranger }: { mark: number; id: number; stranger: { id: number; name: string } },
): Promise<void> {
  const texts = ["", "/board", "/export", "/export?format=csv"].map((path) => {
    const address = new URL(`${GESTION()}/api/dossiers${path}`);
    address.searchParams.set("search", String(mark));
    return address.href;
  });
  for (const address of texts) {
    const [hidden, shown] = [await theirs.get(address), await own.get(address)];
    expect([hidden.status(), shown.status()], address).toEqual([200, 200]);
    expect(await shown.text(), address).toContain(`Secret ${mark}`);
    expect(await hidden.text(), address).not.toContain(`Secret ${mark}`);
  }
  const workbook = `${GESTION()}/api/dossiers/export?format=xlsx&search=${mark}`;
  const [hidden, shown] = await Promise.all(
    [theirs, own].map(async (request) => readXlsx(await (await request.get(workbook)).body())[0]?.rows.length),
  );
  expect([hidden, shown]).toEqual([1, 2]);
  for (const channel_name of [`private-dossier.${id}`, `presence-dossier.${id}`]) {
    const form = { socket_id: "1234.5678", channel_name };
    const join = async (request: BrowserContext["request"]) =>
      (await request.post(`${GESTION()}/broadcasting/auth`, { headers: { origin: GESTION() }, form })).status();
    expect([channel_name, await join(theirs), await join(own)]).toEqual([channel_name, 403, 200]);
  }
  // Nobody is mentioned where they see nothing: the comment is not written, and they hear of nothing.
  const mention = await own.post(`${GESTION()}/api/dossiers/${id}/comments`, {
    headers: { origin: GESTION() },
    data: { content: "Qu’en dites-vous ?", mentions: [stranger.id] },
  });
  expect(mention.status()).toBe(422);
  const { error } = await mention.json();
  expect(error.data.without_access).toEqual([{ id: stranger.id, name: stranger.name }]);
  expect((await (await own.get(`${GESTION()}/api/dossiers/${id}/comments`)).json()).data.comments).toEqual([]);
}

test("a person without access meets nothing of a dossier, and who loses it hears no more of it", async ({
  signedIn,
  machine,
}) => {
  const mark = Date.now();
  const onja = await createPerson(`Onja ${mark}`, "comptable");
  const [voahangy, stranger] = [await signedIn(ADMIN), await signedIn(onja)];
  const dossier = await openDossier(voahangy, { title: `Secret ${mark}` });
  const page = await stranger.newPage();
  await page.goto(dossier.url);
  await expect(page.getByRole("heading", { name: "Page introuvable" })).toBeVisible();
  await expect(page.getByText(`Secret ${mark}`)).toHaveCount(0);
  await stranger.request.get(`${GESTION()}/login/oauth`);
  for (const path of [`/${dossier.id}`, `/${dossier.id}/changes?after=0`, `/${dossier.id}/history`])
    expect((await stranger.request.get(`${GESTION()}/api/dossiers${path}`)).status()).toBe(404);
  await expectNothing(stranger, voahangy, { mark, id: dossier.id, stranger: onja });
  await page.goto(`${dossier.url}/historique`);
  await expect(page.getByRole("heading", { name: "Page introuvable" })).toBeVisible();
  await openLive(page, `${GESTION()}/dossiers?search=${mark}`);
  await expect(page.getByText("Aucun dossier ne correspond")).toBeVisible();
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Palette de commandes" });
  const answered = page.waitForResponse((response) => response.url().endsWith(paletteApiPath(`Secret ${mark}`)));
  await palette.getByRole("combobox").fill(`Secret ${mark}`);
  expect(await (await answered).text()).not.toContain(dossier.reference);
  await expect(palette.getByRole("option").filter({ hasText: dossier.reference })).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(page.getByTestId("bell")).toHaveAttribute("data-count", "0");

  // With access it opens, live; it is taken away while the page is open.
  const mine = await voahangy.newPage();
  await openLive(mine, dossier.url);
  await mine.locator("summary", { hasText: "Donner accès" }).click();
  await mine.getByRole("combobox", { name: "Collègue" }).fill(onja.name);
  await mine.getByRole("option", { name: onja.name }).click();
  await mine.getByRole("button", { name: "Donner accès" }).click();
  const take = mine.getByRole("button", { name: `Retirer l’accès ${de(onja.name)}` });
  await expect(take).toBeVisible();
  await expect(mine.getByRole("combobox", { name: "Collègue" })).toHaveValue("");
  const frames: string[] = [];
  page.on("websocket", (socket) => socket.on("framereceived", ({ payload }) => frames.push(String(payload))));
  await openLive(page, dossier.url);
  const comment = async (content: string) => {
    const answer = await voahangy.request.post(`${GESTION()}/api/dossiers/${dossier.id}/comments`, {
      headers: { origin: GESTION() },
      data: { content },
    });
    expect(answer.status()).toBe(201);
    await expect(mine.locator("[data-comment]").filter({ hasText: content })).toBeVisible();
  };
  await expect.poll(() => frames.join()).toContain(`_succeeded","channel":"private-dossier.${dossier.id}"`);
  await comment("Avant le retrait");
  await expect(page.locator("[data-comment]")).toContainText("Avant le retrait");
  await take.click();
  await mine.getByRole("dialog").getByRole("button", { name: "Retirer l’accès" }).click();
  const takenAt = performance.now();
  await expect(page.getByRole("heading", { name: "Page introuvable" })).toBeVisible();
  test.info().annotations.push({ type: "page left after", description: `${performance.now() - takenAt} ms` });
  await comment("Après le retrait");
  // What is sent to the person comes, so the socket is back; the comment did not come before it.
  const sent = await send(machine, onja);
  await expect(toasts(page, sent.titre)).toBeVisible();
  expect(frames.join()).toContain("Avant le retrait");
  expect(frames.join()).not.toContain("Après le retrait");
});
