import type { Portal } from "@mgs/core/portals";
import { type BrowserContext, expect, type Page } from "@playwright/test";
import { urlOf } from "./instance";
import { PASSWORD, type Person } from "./people";

/** See `packages/identity/src/known-device.ts`. */
const DEVICE_COOKIE = "mgs.device";
const DEVICE_PATH = "/interaction";

/**
 * The device cookie of each person's browser. A browser of many is known for the eight who signed in last, and of two that are open at once
 * neither is known for who signed in with the other: a notice of a new device would ring a bell in the middle of a later test.
 */
const knownBrowsers = new Map<number, string>();

/** Makes a browser one that is known for people; it may be the cookie of another browser. */
export async function plantDevice(context: BrowserContext, cookie: string | undefined): Promise<void> {
  if (cookie === undefined) return;
  const domain = new URL(urlOf("administration")).hostname;
  await context.addCookies([{ name: DEVICE_COOKIE, value: cookie, domain, path: DEVICE_PATH, httpOnly: true }]);
}

/** The device cookie of a browser, for another one of the same people. */
export async function deviceOf(context: BrowserContext): Promise<string | undefined> {
  const cookies = await context.cookies(`${urlOf("administration")}${DEVICE_PATH}/x`);
  return cookies.find(({ name }) => name === DEVICE_COOKIE)?.value;
}

/** Signs in over HTTP without a page, which is quick, for tests about something else. */
export async function signIn(context: BrowserContext, who: Person, at: Portal = "commercial"): Promise<void> {
  const { request } = context;
  const administration = urlOf("administration");
  await plantDevice(context, knownBrowsers.get(who.id));
  const form = await request.get(`${urlOf(at)}/dashboard`);
  const { pathname } = new URL(form.url());
  expect(pathname, "a visitor without a session meets the sign-in form").toMatch(/^\/interaction\//);
  const answer = await request.post(`${administration}${pathname}/login`, {
    headers: { accept: "application/json", origin: administration },
    form: { email: who.email, password: PASSWORD },
  });
  expect(answer.status(), await answer.text()).toBe(200);
  const { data } = (await answer.json()) as { data: { redirect: string } };
  const arrived = await request.get(new URL(data.redirect, administration).href);
  expect(arrived.url()).toBe(`${urlOf(at)}/dashboard`);
  const device = await deviceOf(context);
  if (device !== undefined) knownBrowsers.set(who.id, device);
}

/** Fills the visible sign-in form and submits it. */
export async function fillSignIn(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.locator('input[name="email"]').fill(email);
  await page.locator('input[name="password"]').fill(password);
  await page.locator('button[type="submit"]').click();
}

/** The address of the sign-in page. */
export const SIGN_IN_PAGE = /\/interaction\/[^/?]+/;
