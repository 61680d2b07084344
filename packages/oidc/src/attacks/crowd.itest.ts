import { hashPassword } from "@mgs/identity/password";
import { signIn } from "@mgs/identity/sign-in";
import { createSignInLimiter, DEFAULT_SIGN_IN_LIMITS } from "@mgs/identity/sign-in-limiter";
import { expect, test } from "vitest";
import { finishLogin, openLogin } from "../login";
import { findSsoSession } from "../sso-session";
import { TestBrowser } from "../testing/browser";
import { buildAuthorization } from "../testing/relying-party";
import { useProviderStage } from "../testing/use-provider-stage";

/** Everybody signs in at once, as on a Monday after a power cut; those who are in already go on working. */

const PEOPLE = process.env.MGS_LONG_TESTS ? 1_000 : 60;
/** Pages are opened and left by so many at a time: this process is all of their browsers, and has one backlog of connections. */
const BROWSERS_AT_ONCE = 20;
const PASSWORD = "un mot de passe pour tout le monde";

const stage = useProviderStage();
const { deps, discover, signIn: walkIn } = stage;

async function inBatches<T, R>(items: readonly T[], act: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let at = 0; at < items.length; at += BROWSERS_AT_ONCE)
    results.push(...(await Promise.all(items.slice(at, at + BROWSERS_AT_ONCE).map(act))));
  return results;
}

test(`${PEOPLE} people send their passwords at once, and all get in, while others are served`, {
  timeout: 600_000,
}, async () => {
  const { database } = stage.db;
  const passwordHash = await hashPassword(PASSWORD);
  const ids = Array.from({ length: PEOPLE }, (_, index) => 1_000 + index);
  const data = ids.map((id) => ({ id, email: `p${id}@mgs.mg`, name: `P ${id}`, role: "direction", passwordHash }));
  await database.user.createMany({ data });
  const { tokens } = await walkIn(new TestBrowser(), 1);
  const config = await discover();
  const limiter = createSignInLimiter(null, DEFAULT_SIGN_IN_LIMITS);
  const forms = await inBatches(ids, async (id) => {
    const browser = new TestBrowser();
    const { url } = await buildAuthorization(config);
    const page = new URL((await browser.request(url)).headers.get("location") ?? "", stage.op.issuer);
    return { id, browser, uid: page.pathname.split("/").pop() ?? "", cookies: browser.cookies(page.pathname) };
  });

  let isOver = false;
  const servedMs: number[] = [];
  // By address: names are looked up on the threads that compute the hashes, which in production are not the browser's.
  const address = stage.op.address.replace("localhost", "127.0.0.1");
  async function goOnWorking(): Promise<void> {
    while (!isOver) {
      const start = performance.now();
      const headers = { authorization: `Bearer ${tokens.access_token}` };
      const answer = await fetch(`${address}/oauth/userinfo`, { headers });
      expect(answer.status).toBe(200);
      await answer.arrayBuffer();
      servedMs.push(performance.now() - start);
    }
  }

  async function sendPassword({ id, browser, ...input }: (typeof forms)[number]) {
    // Fifty behind each address, as offices have it.
    const ip = `198.51.100.${Math.floor((id - 1_000) / 50)}`;
    const open = openLogin({ database, provider: stage.op.provider }, input);
    const { user, passwordHash: proven } = await signIn(
      { ...deps(), limiter },
      { email: `p${id}@mgs.mg`, password: PASSWORD, ip, device: undefined },
    );
    const answer = { userId: user.id, passwordHash: proven, userAgent: "crowd", ip };
    return { browser, location: await finishLogin(database, await open, answer) };
  }

  const working = goOnWorking();
  const start = performance.now();
  const answered = await Promise.all(forms.map(sendPassword)).finally(() => {
    isOver = true;
  });
  const crowdMs = performance.now() - start;
  await working;
  const entered = await inBatches(answered, async ({ browser, location }) => {
    const arrived = await browser.request(new URL(location, stage.op.issuer).href);
    expect(arrived.headers.get("location")).toContain("code=");
    return (await findSsoSession(deps(), browser.cookie("mgs.sso")))?.userId;
  });
  expect(entered).toEqual(ids);
  // Nobody who is in waits until the crowd is through: a bound that holds on a busy machine as well.
  expect(servedMs.length).toBeGreaterThan(5);
  expect(Math.max(...servedMs)).toBeLessThan(crowdMs / 2);
});
