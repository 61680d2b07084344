import { connect } from "./bad-input/database";
import { createPerson } from "./bad-input/people";
import { query } from "./forms/scene";
import { expectAccessibleAtAllWidths } from "./support/accessibility";
import { openLive } from "./support/inbox";
import { urlOf } from "./support/instance";
import { ADMIN } from "./support/people";
import { fillSignIn, SIGN_IN_PAGE, signIn } from "./support/sign-in";
import { expect, test } from "./support/test";

const SESSION_COOKIES = ["mgs.sso", "mgs.commercial.session"];

test("an administrator sets how long sessions last, and signs everybody out; each open page says why it left", async ({
  signedIn,
  browserOf,
  sharedSignIns,
}) => {
  const page = await (await signedIn(ADMIN, { own: true })).newPage();
  await page.goto(`${urlOf("administration")}/console/sessions`);
  await expectAccessibleAtAllWidths(page, "the sessions");
  await page.setViewportSize({ width: 1280, height: 900 });
  const idle = page.getByLabel("Inactivité permise", { exact: true }).first();
  const save = page.getByRole("button", { name: "Enregistrer" });

  await idle.fill("40");
  await save.click();
  await expect(page.getByText("Plus long que la durée maximale")).toBeVisible();
  await expect(idle).toBeFocused();
  await expect(idle).toHaveValue("40");
  await idle.fill("10");
  await save.click();
  await expect(page.getByText("Les durées sont enregistrées.")).toBeVisible();
  await expect(idle).toHaveValue("10");
  expect(await query("SELECT idle_seconds FROM session_lifetimes")).toEqual([{ idle_seconds: 36_000 }]);
  await idle.fill("12");
  await save.click();
  await expect.poll(() => query("SELECT idle_seconds FROM session_lifetimes")).toEqual([{ idle_seconds: 43_200 }]);

  // One box decides how long the cookies of all portals live.
  const database = await connect();
  const staff = await createPerson(database, "durees", "commercial", "fr");
  await database.end();
  const cookiesOf = async (remembered: boolean) => {
    const context = await browserOf();
    const tab = await context.newPage();
    await tab.goto(`${urlOf("commercial")}/dashboard`);
    if (remembered) await tab.getByRole("checkbox", { name: /Rester connecté/ }).check();
    await fillSignIn(tab, staff.email);
    await expect(tab).toHaveURL(`${urlOf("commercial")}/dashboard`);
    const found = (await context.cookies()).filter(({ name }) => SESSION_COOKIES.includes(name));
    expect(found.map(({ name }) => name).sort()).toEqual([...SESSION_COOKIES].sort());
    return { tab, ends: found.map(({ expires }) => expires > 0) };
  };
  const [short, long] = [await cookiesOf(false), await cookiesOf(true)];
  expect(short.ends).toEqual([false, false]);
  expect(long.ends).toEqual([true, true]);

  // One session runs out: the next request is refused at once, and its page leaves with the reason; the other stays.
  await openLive(short.tab, `${urlOf("commercial")}/dashboard`);
  await openLive(long.tab, `${urlOf("commercial")}/dashboard`);
  await query("UPDATE user_sessions SET expires_at = now() WHERE user_id = $1 AND NOT remembered", [staff.id]);
  const answer = await short.tab.request.get(`${urlOf("commercial")}/api/notifications`);
  expect(answer.status()).toBe(401);
  await expect(short.tab).toHaveURL(SIGN_IN_PAGE, { timeout: 120_000 });
  await expect(short.tab.getByText("Votre session a expiré.")).toBeVisible();
  expect((await long.tab.request.get(`${urlOf("commercial")}/api/notifications`)).status()).toBe(200);

  await page.reload();
  await page.getByLabel(/^Recopiez/).fill("tout le monde dehors");
  await page.getByRole("button", { name: "Mettre fin à toutes les sessions" }).click();
  await expect(page.getByText("Recopiez exactement ce qui est demandé.")).toBeVisible();
  expect((await long.tab.request.get(`${urlOf("commercial")}/api/notifications`)).status()).toBe(200);
  await page.getByLabel(/^Recopiez/).fill("déconnecter tout le monde");
  await page.getByRole("button", { name: "Mettre fin à toutes les sessions" }).click();
  // The sign-ins that other tests share are among them.
  sharedSignIns.clear();
  await expect(long.tab).toHaveURL(SIGN_IN_PAGE);
  await expect(long.tab.getByText("Un administrateur a mis fin aux sessions de tout le monde.")).toBeVisible();
  await page.reload();
  await expect(page.getByText("1 session en cours")).toBeVisible();
  await signIn(await browserOf(), ADMIN);
});
