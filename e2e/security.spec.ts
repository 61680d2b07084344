import { PORTALS } from "@mgs/core/portals";
import { openBell, openLive, row, toasts } from "./support/inbox";
import { urlOf } from "./support/instance";
import { mailTo } from "./support/mailbox";
import { postSend, send, uniqueTitre } from "./support/notifications";
import { ADMIN, person } from "./support/people";
import { watchProblems } from "./support/problems";
import { expect, test } from "./support/test";

test("markup in a titre is shown as text everywhere", async ({ signedIn, machine }) => {
  const who = person("Zo Razanamparany");
  const context = await signedIn(who);
  const problems = watchProblems(context);
  const page = await context.newPage();
  let dialogs = 0;
  page.on("dialog", (dialog) => {
    dialogs++;
    void dialog.dismiss();
  });
  await openLive(page, `${urlOf("commercial")}/notifications`);
  const titre = uniqueTitre("<script>alert(1)</script><img src=x onerror=alert(1)>");
  const sent = await send(machine, who, { titre, message: "<b>gras</b> & <i>penché</i>" });

  await expect(toasts(page, titre)).toContainText("<b>gras</b> & <i>penché</i>");
  await expect(row(page.getByRole("main"), sent.id)).toContainText(titre);
  await expect(row(await openBell(page), sent.id)).toContainText(titre);
  const mail = await mailTo(who.email, titre);
  expect(mail.html).not.toContain("<script");
  expect(mail.html).not.toContain("<img src=x");
  expect(mail.html).toContain("&lt;script&gt;");
  expect(mail.text).toContain(titre);
  await page.reload();
  await expect(row(page.getByRole("main"), sent.id)).toContainText(titre);
  expect(dialogs).toBe(0);
  expect(problems).toEqual([]);
});

test("links that are no http(s) address are refused", async ({ machine }) => {
  const urls = ["javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "//evil.example", "/\\evil.example"];
  for (const url of [...urls, "https://portal@evil.example", "ftp://a/b"]) {
    const answer = await postSend(machine, { user_id: 1, type: "t", titre: "t", message: "m", url });
    expect(answer.status, url).toBe(422);
    expect(answer.body.error, url).toMatchObject({ code: "VALIDATION_ERROR", details: [{ path: "url" }] });
  }
});

test("a message of 5,000 four-byte characters arrives in full", async ({ signedIn, machine }) => {
  const who = person("Noro Rakotovao");
  const page = await (await signedIn(who)).newPage();
  await openLive(page, `${urlOf("commercial")}/notifications`);
  const message = "😀".repeat(5_000);
  const sent = await send(machine, who, { message });
  await expect(toasts(page, sent.titre)).toBeVisible();
  const here = row(page.getByRole("main"), sent.id);
  await here.getByRole("button", { name: "Afficher le message entier" }).click();
  await expect(here).toContainText(message);
  expect((await mailTo(who.email, sent.titre)).text).toContain(message);
});

test("every kind of answer carries the security headers", async ({ signedIn, browserOf }) => {
  const inside = (await signedIn(ADMIN)).request;
  const outside = (await browserOf()).request;
  const administration = urlOf("administration");
  const answers: [string, Awaited<ReturnType<typeof inside.fetch>>][] = [];
  const note = async (name: string, answer: ReturnType<typeof inside.fetch>) => answers.push([name, await answer]);
  const still = { maxRedirects: 0 };
  for (const portal of PORTALS) {
    const origin = urlOf(portal);
    await inside.get(`${origin}/dashboard`);
    const page = await inside.get(`${origin}/profil`);
    expect(page.url()).toBe(`${origin}/profil`);
    answers.push([`${portal}: page`, page]);
    const [script] = /\/_next\/static\/[^"]+\.js/.exec(await page.text()) ?? [];
    expect(script, `${portal} has a script`).toBeDefined();
    await note(`${portal}: script`, inside.get(`${origin}${script}`));
    await note(`${portal}: API`, inside.get(`${origin}/api/notifications`));
    await note(`${portal}: API, refused`, outside.get(`${origin}/api/notifications`));
    await note(`${portal}: API, unknown`, outside.get(`${origin}/api/nothing`));
    await note(`${portal}: page, unknown`, outside.get(`${origin}/nothing`));
    await note(`${portal}: script, unknown`, outside.get(`${origin}/_next/static/nothing.js`));
    await note(`${portal}: page, redirect`, outside.get(`${origin}/dashboard`, still));
    await note(`${portal}: sign-in`, outside.get(`${origin}/login/oauth`, still));
    await note(`${portal}: channel authorization`, outside.post(`${origin}/broadcasting/auth`));
    await note(`${portal}: health`, outside.get(`${origin}/health/live`));
    await note(`${portal}: broken address`, outside.get(`${origin}/%E0%A4%A`));
  }
  await note("discovery", outside.get(`${administration}/.well-known/openid-configuration`));
  await note("keys", outside.get(`${administration}/oauth/jwks`));
  await note("authorize", outside.get(`${administration}/oauth/authorize`, still));
  await note("token", outside.post(`${administration}/oauth/token`));
  await note("userinfo", outside.get(`${administration}/oauth/userinfo`));
  await note("oauth, unknown", outside.get(`${administration}/oauth/nothing`));
  await note("send", outside.post(`${administration}/api/notifications/send`, { data: {} }));

  for (const [name, answer] of answers) {
    const headers = answer.headers();
    expect.soft(headers["x-powered-by"], name).toBeUndefined();
    expect.soft(headers.server, name).toBeUndefined();
    expect.soft(headers["x-content-type-options"], name).toBe("nosniff");
    expect.soft(headers["x-frame-options"], name).toBe("DENY");
    expect.soft(headers["referrer-policy"], name).toMatch(/no-referrer|strict-origin/);
    expect.soft(answer.status(), name).toBeLessThan(500);
    if (!headers["content-type"]?.startsWith("text/html")) continue;
    const policy = headers["content-security-policy"] ?? "";
    expect.soft(policy, name).toContain("frame-ancestors 'none'");
    expect.soft(policy, name).not.toMatch(/script-src[^;]*'unsafe/);
    const nonce = /'nonce-([\w+/=-]{16,})'/.exec(policy)?.[1];
    const scripts = (await answer.text()).match(/<script[^>]*>/g) ?? [];
    for (const tag of scripts) expect.soft(tag, name).toContain(`nonce="${nonce}"`);
  }
});

test("every page has a new nonce", async ({ signedIn }) => {
  const { request } = await signedIn(ADMIN);
  const policies = await Promise.all(
    [1, 2].map(async () => (await request.get(`${urlOf("commercial")}/profil`)).headers()["content-security-policy"]),
  );
  expect(policies[0]).not.toBe(policies[1]);
});

test("no token reaches the browser", async ({ signedIn }) => {
  const context = await signedIn(ADMIN);
  const page = await context.newPage();
  await page.goto(`${urlOf("commercial")}/dashboard`);
  const inPage = await page.content();
  expect(inPage).not.toMatch(/access_token|refresh_token|accessToken|refreshToken/);
  const session = await context.request.get(`${urlOf("commercial")}/api/auth/session`);
  expect(await session.text()).not.toMatch(/token/i);
  for (const { name, httpOnly, sameSite } of await context.cookies()) {
    if (/sso|session/.test(name)) expect.soft({ name, httpOnly, sameSite }).toMatchObject({ httpOnly: true });
  }
});
