import { query } from "./forms/scene";
import { expectAccessibleAtAllWidths } from "./support/accessibility";
import { createPerson } from "./support/cli";
import { openLive, recordToasts } from "./support/inbox";
import { urlOf } from "./support/instance";
import {
  actOnMessage as act,
  callGestion as call,
  messageField as field,
  messagesOf as messages,
  openStatus,
  expectUnreadMessages as unread,
  writeMessage as write,
} from "./support/messages";
import { ADMIN } from "./support/people";
import { expectHydrated } from "./support/streamed";
import { expect, test } from "./support/test";

const GESTION = () => urlOf("gestion-dossier");
const COMMERCIAL = () => urlOf("commercial");

test("two people write about a dossier: live, read, answered, edited, deleted and reacted to; a third meets nothing", async ({
  signedIn,
}) => {
  const mark = Date.now();
  const [hery, stranger] = [
    await createPerson(`Hery ${mark}`, "gestionnaire"),
    await createPerson(`Onja ${mark}`, "gestionnaire"),
  ];
  const [mine, theirs] = [await signedIn(ADMIN), await signedIn(hery)];
  await mine.request.get(`${GESTION()}/login/oauth`);
  const dossier = await call<{ id: number; url: string }>(mine, "POST", "/api/dossiers", {
    ...{ type_id: 1, title: `Écrit ${mark}`, concerned: { kind: "entreprise", name: "Rova SARL" } },
  });
  const [me, at] = [await mine.newPage(), await theirs.newPage()];
  await openLive(at, `${GESTION()}/dashboard`);
  await openLive(me, dossier.url);

  // From the dossier: whom to write to is chosen, and the conversation opens.
  await me.getByRole("button", { name: "Écrire à propos de ce dossier" }).click();
  await me.getByLabel("À qui").fill(hery.name);
  await me.getByRole("option", { name: new RegExp(hery.name) }).click();
  await me.getByRole("dialog").getByRole("button", { name: "Nouvelle conversation" }).click();
  await expect(me).toHaveURL(/\/messages\/\d+$/);
  await expect(me.getByRole("link", { name: new RegExp(`À propos de .*Écrit ${mark}`) })).toBeVisible();
  const path = new URL(me.url()).pathname;
  await write(me, "Le plan **manque** encore.");
  await expect(messages(me)).toHaveCount(1);
  await unread(at, 1);

  // The other finds it from the header, and what they have read is seen.
  await at.getByTestId("messages").click();
  await at
    .locator("#main")
    .getByRole("link", { name: /Le plan/ })
    .click();
  await expect(messages(at).locator("strong")).toHaveText("manque");
  await unread(at, 0);
  await expect(messages(me).getByText("Lu par 1")).toBeVisible();
  await field(at).pressSequentially("Je regarde");
  await expect(me.getByText(`${hery.name} écrit…`)).toBeVisible();
  await field(at).press("Control+Enter");
  await expect(messages(me)).toHaveCount(2);
  await expect(me.getByText(`Nouveau message de ${hery.name}`)).toHaveCount(1);

  // An answer, a reaction, an edit and a deletion are seen.
  await act(me, messages(me).nth(1), "Répondre");
  await write(me, "Merci");
  await expect(messages(at).nth(2)).toContainText("Je regarde");
  await act(at, messages(at).nth(2), "Réagir avec 👍");
  await expect(messages(me).nth(2).getByRole("button", { name: /^👍/ })).toBeVisible();
  await act(at, messages(at).nth(1), "Modifier");
  await at.getByLabel("Modifier le message").fill("Je regarde cet après-midi");
  await at.getByRole("button", { name: "Enregistrer" }).click();
  await expect(messages(me).nth(1)).toContainText("cet après-midi");
  await expect(messages(me).nth(1)).toContainText("modifié");
  await act(me, messages(me).nth(0), "Supprimer");
  await expect(messages(at).nth(0)).toContainText("supprimé");
  await expectAccessibleAtAllWidths(me, "a conversation");
  await me.setViewportSize({ width: 1280, height: 800 });

  // By keyboard: from the field to the messages, from one to the next, to what can be done with it, and back.
  await me.getByRole("region", { name: /^Messages de / }).focus();
  await me.keyboard.press("ArrowUp");
  await expect(me.locator("#main li:focus")).toContainText("Merci");
  await me.keyboard.press("ArrowUp");
  await expect(me.locator("#main li:focus")).toContainText("cet après-midi");
  await me.keyboard.press("Enter");
  await expect(me.getByRole("menuitem", { name: "Réagir avec 👍" })).toBeFocused();
  await me.keyboard.press("Escape");
  await expect(me.getByRole("menu")).toHaveCount(0);
  await expect(me.locator("#main li:focus")).toContainText("cet après-midi");
  await me.keyboard.press("Escape");
  await expect(field(me)).toBeFocused();

  // The dossier shows its conversation; whoever is not in it meets nothing anywhere.
  await me.goto(dossier.url);
  await expect(me.getByRole("list", { name: "Conversations" })).toContainText("Merci");
  const outside = await signedIn(stranger);
  const other = await outside.newPage();
  await openLive(other, dossier.url);
  await expect(other.getByText("Personne ne s’écrit encore à propos de cette page.")).toBeVisible();
  await other.goto(`${GESTION()}${path}`);
  await expect(other.getByRole("heading", { name: "Page introuvable" })).toBeVisible();
  const answer = await outside.request.get(`${GESTION()}/api${path.replace("messages", "conversations")}`);
  expect(answer.status()).toBe(404);
});

test("a message without a network waits in sight over a reload, and is sent once; one that is scheduled comes at its time", async ({
  signedIn,
}) => {
  // Of the roles, this one opens both portals.
  const hery = await createPerson(`Hery ${Date.now()}`, "comptable");
  const [mine, theirs] = [await signedIn(ADMIN, { own: true }), await signedIn(hery)];
  await mine.request.get(`${GESTION()}/login/oauth`);
  const { id } = await call<{ id: number }>(mine, "POST", "/api/conversations", { user_ids: [hery.id] });
  const [me, at] = [await mine.newPage(), await theirs.newPage()];
  await openLive(me, `${GESTION()}/messages/${id}`);
  await openLive(at, `${COMMERCIAL()}/messages/${id}`);

  await theirs.setOffline(true);
  await write(at, "Écrit sans réseau");
  await expect(at.locator("[data-outbox=waiting]")).toContainText("Écrit sans réseau");
  await theirs.setOffline(false);
  await at.reload();
  await expect(messages(me)).toHaveText([/Écrit sans réseau/]);
  await expect(at.locator("[data-outbox]")).toHaveCount(0);
  await expect(messages(at)).toHaveCount(1);

  // What is to be sent later stands among what waits, can be taken away, and comes at its time.
  await field(me).fill("Bonjour demain");
  await me.getByRole("button", { name: "Envoyer plus tard" }).click();
  await me
    .getByRole("dialog")
    .getByRole("button", { name: /^Demain à 8/ })
    .click();
  await expect(field(me)).toHaveValue("");
  await me.getByRole("button", { name: "Envois programmés et rappels" }).click();
  await expect(me.getByRole("dialog")).toContainText("Bonjour demain");
  await expectAccessibleAtAllWidths(me, "what is put off");
  await me.setViewportSize({ width: 1280, height: 800 });
  await me.getByRole("button", { name: "Ne pas envoyer" }).click();
  await expect(me.getByRole("dialog")).toContainText("Aucun envoi programmé");
  await me.keyboard.press("Escape");
  await call(mine, "POST", `/api/conversations/${id}/scheduled`, {
    ...{ content: "À l’heure dite", send_at: new Date(Date.now() + 2_000).toISOString() },
  });
  await expect(messages(at)).toContainText([/sans réseau/, /À l’heure dite/]);
});

test("counts never lie: unread in 10,000 messages is jumped to, marked again, and muted conversations are left out", async ({
  signedIn,
}) => {
  const hery = await createPerson(`Hery ${Date.now()}`, "gestionnaire");
  const [mine, theirs] = [await signedIn(ADMIN, { own: true }), await signedIn(hery)];
  await mine.request.get(`${GESTION()}/login/oauth`);
  const { id } = await call<{ id: number }>(mine, "POST", "/api/conversations", { user_ids: [hery.id] });
  await query(`
    INSERT INTO messages (id, conversation_id, author_id, content, created_at, place, seq)
    SELECT gen_random_uuid(), ${id}, ${ADMIN.id}, 'n° ' || n, now() - make_interval(mins => 10001 - n), n, n
    FROM generate_series(1, 10000) n`);
  await query(`INSERT INTO change_heads (stream, key, seq) VALUES ('messages', '${id}', 10000)`);
  await query(`UPDATE conversations SET last_place = 10000 WHERE id = ${id}`);
  await query(
    `UPDATE conversation_members SET read_place = 5000 WHERE conversation_id = ${id} AND user_id = ${hery.id}`,
  );
  const at = await theirs.newPage();
  await openLive(at, `${GESTION()}/messages/${id}`);
  await expect(at.getByText("Nouveaux messages").first()).toBeInViewport();
  await expect(
    messages(at)
      .filter({ hasText: /^n° 5001$|n° 5001/ })
      .first(),
  ).toBeInViewport();
  // Few of ten thousand are drawn.
  expect(await messages(at).count()).toBeLessThan(120);

  // Older ones come above what is read, which stays in its place.
  const list = at.getByRole("region", { name: /^Messages de / });
  const read = messages(at).filter({ hasText: "n° 4980" });
  const older = Promise.withResolvers<void>();
  await at.route(/before=/, async (route) => {
    await older.promise;
    await route.continue();
  });
  await list.evaluate((frame) => frame.scrollTo({ top: 0 }));
  await expect(read).toBeInViewport();
  const topOf = async () => (await read.boundingBox())?.y ?? 0;
  const top = await topOf();
  older.resolve();
  await expect.poll(() => list.evaluate(({ scrollTop }) => scrollTop)).toBeGreaterThan(0);
  await expect.poll(async () => Math.abs((await topOf()) - top)).toBeLessThanOrEqual(2);

  await at.getByRole("button", { name: "Aller aux derniers messages" }).click();
  await expect(messages(at).filter({ hasText: "n° 10000" })).toBeInViewport();
  await unread(at, 0);
  const last = messages(at).filter({ hasText: "n° 10000" });
  await act(at, last, "Marquer comme non lu");
  await unread(at, 1);

  // It stays unread until the conversation is opened again.
  await at.goto(`${GESTION()}/messages`);
  await openLive(at, `${GESTION()}/messages/${id}`);
  await unread(at, 0);
  await at.getByRole("button", { name: "Réglages de la conversation" }).click();
  await at.getByRole("menuitem", { name: "Mettre en sourdine" }).click();
  await at.goto(`${GESTION()}/dashboard`);
  await call(mine, "POST", `/api/conversations/${id}/messages`, { content: "en sourdine" });
  await expectHydrated(at);
  await at.getByTestId("messages").click();
  await expect(at.locator("#main").getByRole("link", { name: /en sourdine/ })).toHaveAttribute("data-unread", "1");
  await unread(at, 0);
});

test("whoever does not want to be disturbed sees no toast, and finds everything in the inbox", async ({ signedIn }) => {
  const hery = await createPerson(`Hery ${Date.now()}`, "gestionnaire");
  const [mine, theirs] = [await signedIn(ADMIN, { own: true }), await signedIn(hery)];
  await mine.request.get(`${GESTION()}/login/oauth`);
  const toasts = await recordToasts(theirs);
  const at = await theirs.newPage();
  await openLive(at, `${GESTION()}/dashboard`);
  await openStatus(at);
  await at.getByRole("menuitemradio", { name: "1 heure" }).click();
  const { id } = await call<{ id: number }>(mine, "POST", "/api/conversations", { user_ids: [hery.id] });
  await call(mine, "POST", `/api/conversations/${id}/messages`, {
    ...{ content: `@${hery.name} urgent`, mentions: [hery.id] },
  });
  await expect(at.getByTestId("bell")).toHaveAttribute("data-count", "1");
  expect(toasts).toEqual([]);
});
