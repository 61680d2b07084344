import type { Page } from "@playwright/test";
import { createPerson } from "./support/cli";
import { openLive } from "./support/inbox";
import { urlOf } from "./support/instance";
import { userToken } from "./support/oauth";
import { openOldClient } from "./support/old-client";
import { expectHydrated } from "./support/streamed";
import { expect, test } from "./support/test";

const GESTION = () => urlOf("gestion-dossier");

async function createSession({ request }: Page, title: string, participants: readonly number[]): Promise<number> {
  const answer = await request.post(`${GESTION()}/api/sessions`, {
    headers: { origin: GESTION() },
    data: { title, participants, starts_at: "2027-02-01T06:00:00Z", ends_at: "2027-02-01T08:00:00Z" },
  });
  expect(answer.status(), await answer.text()).toBe(201);
  return ((await answer.json()) as { data: { id: number } }).data.id;
}

test("front ends of the system before this talk on a session with each other and with its page here", async ({
  browserOf,
  signedIn,
  thirdParty,
}) => {
  const mark = Date.now();
  const lead = await createPerson(`Lala ${mark}`, "gestionnaire");
  const hery = await createPerson(`Hery ${mark}`, "comptable");
  const aina = await createPerson(`Aina ${mark}`, "comptable");
  const stranger = await createPerson(`Onja ${mark}`, "comptable");
  const tokenOf = async (who: typeof hery) => userToken(await signedIn(who), thirdParty);
  const page = await (await signedIn(lead)).newPage();
  await openLive(page, `${GESTION()}/dashboard`);
  const id = await createSession(page, `Commission ${mark}`, [lead.id, hery.id, aina.id]);
  await openLive(page, `${GESTION()}/seances/${id}`);

  const his = await openOldClient(await browserOf(), await tokenOf(hery), id);
  const hers = await openOldClient(await browserOf(), await tokenOf(aina), id);
  for (const old of [his, hers]) await expect(old.list("joined")).toHaveCount(2);
  for (const old of [his, hers])
    expect((await old.list("joined").allTextContents()).sort()).toEqual(["presence", "private"]);

  // Who is there: by the answer for who comes later, by the event for who was there before; and on our page.
  await his.press("enter");
  await expect(his.part("total")).toHaveText("0 sur 0 page");
  await hers.press("enter");
  const both = [aina.name, hery.name, lead.name];
  await expect(hers.list("online")).toHaveText(both);
  await expect(his.list("online")).toHaveText(both);
  const here = page.getByRole("list", { name: "Aussi sur cette page" });
  await expect(here.getByRole("listitem")).toHaveCount(2);
  for (const { name } of [hery, aina]) await expect(here).toContainText(name);

  // Typing is seen in both worlds, and fades.
  await Promise.all([
    expect(hers.part("typing")).toHaveText(`${hery.name} écrit`),
    expect(page.getByText(`${hery.name} écrit…`)).toBeVisible(),
    his.field.fill("Je relis"),
  ]);
  await expect(hers.part("typing")).toBeEmpty();

  // A comment is written, changed and deleted.
  await his.press("send");
  // A change of his own needs the answer, which may come to him after the event has come to her.
  for (const old of [his, hers]) await expect(old.list("comments")).toHaveText([`${hery.name} : Je relis`]);
  const ours = page.locator("[data-comment]");
  await expect(ours).toContainText("Je relis");
  await his.field.fill("J’ai relu");
  await his.press("edit");
  await expect(hers.list("comments")).toHaveText([`${hery.name} : J’ai relu`]);
  await expect(ours).toContainText("J’ai relu");
  // Another's comment is not hers to change.
  await hers.field.fill("Non");
  await hers.press("edit");
  await expect(hers.part("error")).toHaveText("FORBIDDEN");
  await expect(his.list("comments")).toHaveText([`${hery.name} : J’ai relu`]);

  // What is written here is read there.
  await page.getByLabel("Votre commentaire").fill("Merci à tous");
  await page.getByRole("button", { name: "Commenter" }).click();
  for (const old of [his, hers])
    await expect(old.list("comments")).toHaveText([`${hery.name} : J’ai relu`, `${lead.name} : Merci à tous`]);
  // Without an authorization nothing is read: the session is not public.
  await expect(his.list("public")).toHaveCount(3);
  for (const told of await his.list("public").allTextContents()) expect(told).not.toMatch(/relis|relu|Merci/);

  await hers.field.fill("Entendu");
  await hers.press("send");
  for (const old of [his, hers]) await expect(old.list("comments")).toHaveCount(3);
  await hers.press("delete");
  await expect(his.list("comments")).toHaveCount(2);
  await expect(page.getByText("Entendu")).toHaveCount(0);

  // Whoever leaves is gone for all; a closed page of ours as well.
  await hers.press("leave");
  await expect(his.list("online")).toHaveText([hery.name, lead.name]);
  await hers.page.close();
  await expect(here.getByRole("listitem")).toHaveText([new RegExp(hery.name)]);
  await page.goto(`${GESTION()}/dashboard`);
  await expectHydrated(page);
  await expect(async () => {
    await his.press("enter");
    await expect(his.list("online")).toHaveText([hery.name], { timeout: 1_000 });
  }).toPass();

  // A stranger's front end is refused on both channels that need a right, and by every route.
  const foreign = await openOldClient(await browserOf(), await tokenOf(stranger), id);
  await expect(foreign.list("joined")).toHaveCount(2);
  expect((await foreign.list("joined").allTextContents()).sort()).toEqual(["presence refused", "private refused"]);
  await foreign.press("enter");
  await expect(foreign.part("error")).toHaveText("SESSION_NOT_FOUND");
  await expect(foreign.list("online")).toHaveCount(0);
});
