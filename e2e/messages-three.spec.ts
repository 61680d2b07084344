import { createPerson } from "./support/cli";
import { expectCount, openLive } from "./support/inbox";
import { urlOf } from "./support/instance";
import { actOnMessage, callGestion, messageField, messagesOf, openStatus, writeMessage } from "./support/messages";
import { ADMIN } from "./support/people";
import { expect, test } from "./support/test";

const GESTION = () => urlOf("gestion-dossier");

test("three people and those who come later: what each sees, a mention, who has read, and who leaves", async ({
  signedIn,
}) => {
  const mark = Date.now();
  const create = (name: string) => createPerson(`${name} ${mark}`, "gestionnaire");
  // One after the other: in the order of their numbers they are named.
  const [hery, zo, late, early] = [
    await create("Hery"),
    await create("Zo"),
    await create("Lova"),
    await create("Mina"),
  ];
  const mine = await signedIn(ADMIN, { own: true });
  const [withHery, withZo] = [await signedIn(hery), await signedIn(zo)];
  await mine.request.get(`${GESTION()}/login/oauth`);
  const me = await mine.newPage();
  const { id } = await callGestion<{ id: number }>(mine, "POST", "/api/conversations", {
    ...{ user_ids: [hery.id, zo.id], name: `Chantier ${mark}` },
  });
  const here = `${GESTION()}/messages/${id}`;
  await openLive(me, here);
  await writeMessage(me, "Dit à trois");

  // Who has read is counted, and named when it is pressed.
  const [atHery, atZo] = [await withHery.newPage(), await withZo.newPage()];
  await openLive(atHery, here);
  await expect(messagesOf(me).first().getByRole("button", { name: "Lu par 1" })).toBeVisible();
  await openLive(atZo, here);
  await messagesOf(me).first().getByRole("button", { name: "Lu par 2" }).click();
  await expect(me.getByRole("dialog").getByRole("listitem")).toHaveText([hery.name, zo.name]);
  await me.keyboard.press("Escape");
  await expect(me.getByRole("dialog")).toHaveCount(0);

  // One comes and sees from then on, another from the start.
  await expect(me.getByRole("button", { name: "3 personnes" })).toBeVisible();
  for (const [person, history] of [
    [late, false],
    [early, true],
  ] as const)
    await callGestion(mine, "POST", `/api/conversations/${id}/people`, { user_ids: [person.id], history });
  await expect(me.getByRole("button", { name: "5 personnes" })).toBeVisible();
  await writeMessage(me, "Dit à cinq");
  const [atLate, atEarly] = [await (await signedIn(late)).newPage(), await (await signedIn(early)).newPage()];
  await openLive(atLate, here);
  await openLive(atEarly, here);
  await expect(messagesOf(atEarly).first()).toContainText("Dit à trois");
  await expect(messagesOf(atLate).filter({ hasText: "Dit à cinq" })).toBeVisible();
  await expect(messagesOf(atLate).filter({ hasText: "Dit à trois" })).toHaveCount(0);
  await expect(messagesOf(atHery).filter({ hasText: `a ajouté ${late.name}` })).toBeVisible();
  await expect(atHery.getByRole("button", { name: "5 personnes" })).toBeVisible();

  // Who is named hears of it elsewhere too.
  await openLive(atZo, `${GESTION()}/dashboard`);
  await messageField(me).pressSequentially(`@${zo.name}`);
  await me.getByRole("option", { name: zo.name }).click();
  await expect(messageField(me)).toHaveValue(`@${zo.name} `);
  await messageField(me).pressSequentially("qu’en dis-tu ?");
  await messageField(me).press("Control+Enter");
  await expectCount(atZo, 1);
  await expect(messagesOf(atHery).last().getByText(`@${zo.name}`, { exact: true })).toBeVisible();

  // Who does not show what they have read sees it of nobody, and nobody sees it of them.
  await openStatus(atZo);
  const shows = atZo.getByRole("menuitemcheckbox", { name: /^Montrer ce que j’ai lu/ });
  await expect(shows).toBeChecked();
  const chosen = atZo.waitForResponse((answer) => answer.url().endsWith("/api/presence/me"));
  await shows.click();
  expect((await chosen).status()).toBe(200);
  await openLive(atZo, here);
  await writeMessage(atZo, "Rien à redire");
  await expect(messagesOf(atHery).last()).toContainText("Rien à redire");
  await openLive(me, here);
  const mineRead = messagesOf(me)
    .filter({ hasText: "Dit à trois" })
    .getByRole("button", { name: /^Lu par/ });
  await mineRead.click();
  // Nor has the one who came later read what they do not see.
  await expect(me.getByRole("dialog").getByRole("listitem")).toHaveText([hery.name, early.name]);
  await me.keyboard.press("Escape");
  await expect(messagesOf(atZo).last()).toContainText("Rien à redire");
  await expect(atZo.getByRole("button", { name: /^Lu par/ })).toHaveCount(0);

  // Who leaves reads no more of it, and the others are told.
  await actOnMessage(atHery, messagesOf(atHery).last(), "Répondre");
  await writeMessage(atHery, "Je vous laisse");
  await atHery.getByRole("button", { name: "Réglages de la conversation" }).click();
  await atHery.getByRole("menuitem", { name: "Quitter" }).click();
  await atHery.getByRole("dialog").getByRole("button", { name: "Quitter" }).click();
  await expect(atHery).toHaveURL(/\/messages$/);
  await expect(messagesOf(me).last()).toContainText(`${hery.name} a quitté la conversation`);
  await expect(atHery.locator("#main").getByRole("link", { name: new RegExp(`Chantier ${mark}`) })).toHaveCount(0);
  await atHery.goto(here);
  await expect(atHery.getByRole("heading", { name: "Page introuvable" })).toBeVisible();
  await callGestion(mine, "POST", `/api/conversations/${id}/messages`, { content: "Sans lui" });
  await expect(messagesOf(atZo).last()).toContainText("Sans lui");
});
