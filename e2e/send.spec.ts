import { randomUUID } from "node:crypto";
import { PORTALS } from "@mgs/core/portals";
import { inboxApiPath } from "@mgs/notifications/contract/links";
import type { InboxPage } from "@mgs/notifications/contract/schemas";
import { expectCountOfInbox, openLive, row, toasts } from "./support/inbox";
import { urlOf } from "./support/instance";
import { mailsTo, mailTo } from "./support/mailbox";
import { markAllRead, postSend, uniqueTitre, wholeInbox } from "./support/notifications";
import { userToken } from "./support/oauth";
import { ADMIN, COMMERCIAL, person } from "./support/people";
import { expect, test } from "./support/test";

test("the documented POST with a user's token: a toast in all three portals and one mail", async ({
  signedIn,
  thirdParty,
}) => {
  const reader = await signedIn(ADMIN);
  await markAllRead(reader, urlOf("administration"));
  const pages = await Promise.all(PORTALS.map(() => reader.newPage()));
  await Promise.all(
    PORTALS.map((portal, at) => openLive(pages[at] as (typeof pages)[number], `${urlOf(portal)}/profil`)),
  );
  const token = await userToken(await signedIn(COMMERCIAL), thirdParty);
  const titre = "Notification depuis Commercial";
  const before = (await mailsTo(ADMIN.email, (subject) => subject === titre)).length;

  const answer = await postSend(token, {
    user_id: 1,
    type: "test_commercial",
    titre: "Notification depuis Commercial",
    message: "Test de notification inter-applications",
    url: `${urlOf("commercial")}/dashboard`,
  });

  expect(answer.status).toBe(201);
  expect(answer.body).toMatchObject({ success: true, data: { user_id: 1, type: "test_commercial", titre } });
  // All portals are checked at once: a toast disappears by itself, unless it is under the pointer.
  await Promise.all(pages.map((page) => toasts(page, titre).hover()));
  for (const page of pages) {
    await expect(toasts(page, titre)).toHaveCount(1);
    await expect(toasts(page, titre)).toContainText("Test de notification inter-applications");
    await expectCountOfInbox(page);
  }
  const isUnread = async () => {
    const list = await reader.request.get(`${urlOf("commercial")}${inboxApiPath("unread")}`);
    const { data } = (await list.json()) as { data: InboxPage };
    return data.items.some(({ id }) => id === answer.body.data?.id);
  };
  expect(await isUnread()).toBe(true);
  const [page] = pages;
  if (!page) throw new Error("no page");
  await toasts(page, titre).getByRole("link", { name: "Ouvrir" }).click();
  await expect(page).toHaveURL(`${urlOf("commercial")}/dashboard`);
  await expect.poll(isUnread).toBe(false);
  for (const other of pages) await expectCountOfInbox(other);
  await expect
    .poll(async () => (await mailsTo(ADMIN.email, (subject) => subject === titre)).length, { timeout: 120_000 })
    .toBe(before + 1);
});

test("the documented POST by a machine client in its own name", async ({ signedIn, machine }) => {
  const reader = person("Miora Rasoanaivo");
  const page = await (await signedIn(reader)).newPage();
  await openLive(page, `${urlOf("commercial")}/notifications`);
  const titre = uniqueTitre("Depuis un programme");
  const answer = await postSend(machine, { user_id: String(reader.id), type: "robot", titre, message: "Bonjour" });
  expect(answer.status).toBe(201);
  await expect(toasts(page, titre)).toHaveCount(1);
  await expect(row(page.getByRole("main"), answer.body.data?.id ?? "")).toContainText("Robot");
  const mail = await mailTo(reader.email, titre);
  expect(mail.text).toContain("Bonjour");
});

test("a foreign token and a javascript: link are refused", async ({ signedIn, thirdParty }) => {
  const answer = await postSend("not-a-token", { user_id: 1, type: "t", titre: "t", message: "m" });
  expect(answer.status).toBe(401);
  expect(answer.body.error?.code).toBe("UNAUTHENTICATED");
  const token = await userToken(await signedIn(COMMERCIAL), thirdParty);
  const bad = await postSend(token, { user_id: 1, type: "t", titre: "t", message: "m", url: "javascript:alert(1)" });
  expect(bad.status).toBe(422);
  expect(bad.body.error).toMatchObject({ code: "VALIDATION_ERROR", details: [{ path: "url" }] });
});

test("an idempotency key makes a retry safe", async ({ signedIn, thirdParty, machine }) => {
  const reader = person("Fidy Razafindrakoto");
  const token = await userToken(await signedIn(reader), thirdParty);
  const input = { user_id: reader.id, type: "essai", titre: uniqueTitre("Une fois"), message: "m" };
  const headers = { "idempotency-key": randomUUID() };
  const answers = await Promise.all([1, 2, 3].map(() => postSend(machine, input, headers)));
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
  expect(new Set(answers.map(({ body }) => body.data?.id)).size).toBe(1);
  const other = await postSend(machine, { ...input, message: "autre" }, headers);
  expect(other.status).toBe(409);
  expect(other.body.error?.code).toBe("IDEMPOTENCY_CONFLICT");
  expect((await wholeInbox(token)).filter(({ titre }) => titre === input.titre)).toHaveLength(1);
  await mailTo(reader.email, input.titre);
});
