import { expectCount, openLive, row, toasts } from "./support/inbox";
import { urlOf } from "./support/instance";
import { mailsTo, mailTo } from "./support/mailbox";
import { markAllRead, postSend, send, uniqueTitre, wholeInbox } from "./support/notifications";
import { userToken } from "./support/oauth";
import { person } from "./support/people";
import { crash, whilePaused } from "./support/processes";
import { expect, test } from "./support/test";

test("notifications sent while the realtime server was killed appear without a reload", async ({
  signedIn,
  machine,
}) => {
  const who = person("Sedra Randrianasolo");
  const context = await signedIn(who);
  await markAllRead(context, urlOf("gestion-dossier"));
  const page = await context.newPage();
  await openLive(page, `${urlOf("gestion-dossier")}/notifications`);
  let loads = 0;
  page.on("load", () => loads++);

  const restarted = crash("realtime-server");
  const sent = await send(machine, who);
  await restarted();

  // The toast comes first in the test, because it disappears by itself.
  await expect(toasts(page, sent.titre)).toHaveCount(1, { timeout: 60_000 });
  await expect(row(page.getByRole("main"), sent.id)).toBeVisible();
  await expectCount(page, 1);
  // The page is connected again.
  const next = await send(machine, who);
  await expect(toasts(page, next.titre)).toHaveCount(1, { timeout: 60_000 });
  await expectCount(page, 2);
  expect(loads).toBe(0);
});

test("a POST while Redis is away is accepted, and delivered once Redis is back", async ({ signedIn, machine }) => {
  const who = person("Vola Ramaroson");
  const page = await (await signedIn(who)).newPage();
  await openLive(page, `${urlOf("gestion-dossier")}/notifications`);
  const titre = uniqueTitre("Sans Redis");
  const answer = await whilePaused("redis", () =>
    postSend(machine, { user_id: who.id, type: "essai", titre, message: "m" }),
  );
  expect(answer.status).toBe(201);
  await expect(toasts(page, titre)).toHaveCount(1, { timeout: 60_000 });
  await mailTo(who.email, titre);
});

test("sign-in and notifications work after Redis was killed", async ({ signedIn, machine }) => {
  const who = person("Aina Rasamimanana");
  const restarted = crash("redis");
  const context = await signedIn(who, { own: true });
  const sent = await send(machine, who);
  await restarted();
  const page = await context.newPage();
  await page.goto(`${urlOf("gestion-dossier")}/notifications`);
  await expect(row(page.getByRole("main"), sent.id)).toBeVisible();
  await mailTo(who.email, sent.titre);
});

test("the worker is killed during 200 notifications: each is in the inbox once, and every mail is sent", async ({
  signedIn,
  thirdParty,
  machine,
}) => {
  test.setTimeout(600_000);
  const who = person("Mathieu Perrin");
  const context = await signedIn(who);
  await markAllRead(context, urlOf("gestion-dossier"));
  const page = await context.newPage();
  await openLive(page, `${urlOf("gestion-dossier")}/dashboard`);
  const lot = uniqueTitre("Lot");
  const titres = Array.from({ length: 200 }, (_, number) => `${lot} ${number}`);
  const waiting = titres.values();
  const ids: string[] = [];
  let restarted: (() => Promise<void>) | undefined;
  const sender = async () => {
    for (const titre of waiting) {
      ids.push((await send(machine, who, { titre })).id);
      if (ids.length >= 100) restarted ??= crash("worker");
    }
  };
  await Promise.all(Array.from({ length: 8 }, sender));
  await restarted?.();
  expect(new Set(ids).size).toBe(200);

  const token = await userToken(context, thirdParty);
  const inbox = (await wholeInbox(token)).filter(({ titre }) => titre.startsWith(lot));
  expect(inbox.map(({ id }) => id).sort()).toEqual([...ids].sort());
  expect(new Set(inbox.map(({ titre }) => titre)).size).toBe(200);
  await expectCount(page, 200, 60_000);
  await expect
    .poll(
      async () =>
        new Set((await mailsTo(who.email, (subject) => subject.startsWith(lot))).map((mail) => mail.subject)).size,
      {
        message: "subjects in the mailbox",
        timeout: 300_000,
        intervals: [1_000],
      },
    )
    .toBe(200);
  await expectCount(page, 200);
});

test("the script of the realtime library fails to load: the page retries until it is live", async ({ signedIn }) => {
  const page = await (await signedIn(person("Vola Ramaroson"))).newPage();
  let lost = 0;
  await page.route("**/_next/static/chunks/*.js", async (route) => {
    const response = await route.fetch();
    const isLibrary = (await response.text()).includes("pusher_internal:");
    // The framework itself retries once.
    if (!isLibrary || lost === 2) return route.fulfill({ response });
    lost++;
    return route.abort();
  });
  await openLive(page, `${urlOf("gestion-dossier")}/dashboard`);
  expect(lost).toBe(2);
});
