import type { IncomingMessage, ServerResponse } from "node:http";
import { sha256 } from "@mgs/core/crypto";
import { finishLogin, openLogin } from "@mgs/oidc/login";
import { TestBrowser } from "@mgs/oidc/testing/browser";
import { insertTestClient, REDIRECT_URI } from "@mgs/oidc/testing/provider-server";
import {
  buildAuthorization,
  createProviderStage,
  discoverClient,
  type ProviderStage,
} from "@mgs/oidc/testing/relying-party";
import { PageTexts } from "@mgs/portal/page-texts";
import type { ComponentProps } from "react";
import { renderToReadableStream } from "react-dom/server";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { createAnswer } from "../../../features/sign-in/sign-in-page";
import RootLayout from "../../layout";
import InteractionPage from "./page";

const visit = vi.hoisted(() => ({ cookies: {} as Record<string, string>, provider: {} as unknown }));
vi.mock("next/headers", () => ({
  headers: async () => new Headers({ "accept-language": "fr" }),
  cookies: async () => ({
    get: (name: string) => (name in visit.cookies ? { name, value: visit.cookies[name] } : undefined),
    getAll: () => Object.entries(visit.cookies).map(([name, value]) => ({ name, value })),
  }),
}));
vi.mock("../../../portal", () => ({
  portal: { signIn: () => ({ provider: async () => visit.provider }) },
  currentSession: async () => null,
  PageTexts: (props: ComponentProps<typeof PageTexts>) => PageTexts({ ...props, session: async () => null }),
}));
vi.mock("../../../features/portal-links", () => ({
  portalLinks: () => [{ portal: "commercial", url: "https://commercial.mgs.example" }],
}));
vi.mock("@mgs/portal/page-policy", () => ({ createPagePolicyReader: () => () => "default-src 'self'" }));

let stage: ProviderStage;
let db: ProviderStage["db"];
let op: ProviderStage["op"];

beforeAll(async () => {
  stage = await createProviderStage();
  ({ db, op } = stage);
  await insertTestClient(db.database, "commercial");
  visit.provider = op.provider;
});
afterEach(() => vi.useRealTimers());
afterAll(() => stage?.close());

type Place = { browser: TestBrowser; path: string; uid: string };

async function follow(browser: TestBrowser, path: string): Promise<string> {
  return (await browser.request(new URL(path, op.issuer).href)).headers.get("location") ?? "";
}

/** Opens a browser at the interaction that a portal's request has led to. */
async function begin(more: Record<string, string> = {}): Promise<Place> {
  const { url } = await buildAuthorization(await discoverClient(op, "commercial"), more);
  const browser = new TestBrowser();
  return locationOf(browser, await follow(browser, url));
}

function locationOf(browser: TestBrowser, path: string): Place {
  expect(path).toMatch(/^\/interaction\//);
  return { browser, path, uid: path.split("/").pop() ?? "" };
}

/** Renders the page: its HTML, or the target of its redirect. */
async function open({ browser, path, uid }: Place): Promise<{ html: string } | { redirect: string }> {
  visit.cookies = browser.cookies(path);
  try {
    const page = await InteractionPage({ params: Promise.resolve({ uid }), searchParams: Promise.resolve({}) });
    const onError = () => undefined;
    const stream = await renderToReadableStream(<RootLayout>{page}</RootLayout>, { onError });
    await stream.allReady;
    return { html: await new Response(stream).text() };
  } catch (error) {
    const [kind, , redirect] = String((error as { digest?: string }).digest).split(";");
    if (kind !== "NEXT_REDIRECT" || redirect === undefined) throw error;
    return { redirect };
  }
}

it("an expired interaction leads to a new form, and from there to the portal and page that it was for", async () => {
  const started = await begin({ state: "the-page" });
  expect(await open(started)).toMatchObject({ html: expect.stringContaining('name="password"') });
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 61 * 60_000 });
  await db.database.$executeRaw`UPDATE oidc_payloads SET expires_at = expires_at - interval '61 minutes'`;

  const input = { uid: started.uid, cookies: started.browser.cookies(started.path) };
  const late = openLogin({ database: db.database, provider: op.provider }, input);
  const proven = { userId: 1, userAgent: null, ip: null };
  await expect(late.then((login) => finishLogin(db.database, login, proven))).rejects.toMatchObject({
    code: "INTERACTION_NOT_FOUND",
  });

  // The cookie that binds the browser to the interaction has expired as well.
  for (const isDeletedCookie of [() => false, (name: string) => name.startsWith("mgs.began.")]) {
    started.browser.forget(isDeletedCookie);
    const way = await open(started);
    if (!("redirect" in way)) throw new Error(`stays at ${way.html}`);
    const next = locationOf(started.browser, await follow(started.browser, way.redirect));
    expect(next.uid).not.toBe(started.uid);
    expect(await open(next)).toMatchObject({ html: expect.stringContaining("Commercial") });
    if (!isDeletedCookie("mgs.began.")) continue;
    const resume = await op.answerInteraction(next.browser, next.path, 1);
    const arrived = await follow(next.browser, resume);
    expect(arrived).toContain(`${REDIRECT_URI}?code=`);
    expect(arrived).toContain("state=the-page");
  }
});

it("an unknown interaction offers the portals", async () => {
  const started = await begin();
  await db.database.oidcPayload.updateMany({
    where: { model: "Interaction", idHash: sha256(started.uid) },
    data: { expiresAt: new Date(Date.now() - 1_000) },
  });
  expect(await open(started)).toMatchObject({ html: expect.stringContaining('href="https://commercial.mgs.example') });
});

it("the sign-in page is in the language of ui_locales, and starts with the e-mail address of login_hint", async () => {
  const html = async (place: Place) => {
    const page = await open(place);
    return "html" in page ? page.html : expect.fail(page.redirect);
  };
  const emailOf = (page: string) => /<input[^>]*name="email"[^>]*>/.exec(page)?.[0];

  const french = await html(await begin());
  expect(french).toContain('<html lang="fr"');
  expect(french).toContain("Mot de passe");
  expect(emailOf(french)).toContain('value=""');

  const asked = await begin({ ui_locales: "mg en-GB fr", login_hint: "voahangy@mgs.mg" });
  const english = await html(asked);
  expect(english).toContain('<html lang="en"');
  expect(english).toContain("Password");
  expect(emailOf(english)).toContain('value="voahangy@mgs.mg"');
});

it("the sign-in page is cached for the language of ui_locales, but not with a login_hint", async () => {
  const pages = vi.fn(async () => undefined);
  const passThrough = vi.fn();
  const deps = {
    provider: async () => op.provider,
    sessions: { cookieName: "mgs.none", find: async () => null },
    ownOrigin: op.issuer,
  } as unknown as Parameters<typeof createAnswer>[0];
  const answer = ({ browser, path, uid }: Place) => {
    const cookie = Object.entries(browser.cookies(path)).map(([name, value]) => `${name}=${value}`);
    const req = { headers: { cookie: cookie.join("; "), "accept-language": "fr" } } as IncomingMessage;
    return createAnswer(deps, uid, pages)(req, { headersSent: false } as ServerResponse, passThrough);
  };
  await answer(await begin({ ui_locales: "en" }));
  const kept = {
    key: expect.stringContaining('"locale":"en"'),
    headers: expect.objectContaining({ "accept-language": "en" }),
  };
  expect(pages.mock.calls).toEqual([
    [expect.anything(), expect.anything(), passThrough, expect.objectContaining(kept)],
  ]);
  expect(passThrough).not.toHaveBeenCalled();
  await answer(await begin({ login_hint: "voahangy@mgs.mg" }));
  expect(pages).toHaveBeenCalledOnce();
  expect(passThrough).toHaveBeenCalledOnce();
});
