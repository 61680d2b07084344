import type { Portal } from "@mgs/core/portals";
import { type BrowserContext, expect, type Page } from "@playwright/test";
import { urlOf } from "./instance";
import { PASSWORD, type Person } from "./people";

/** Signs in over HTTP without a page, which is quick, for tests about something else. */
export async function signIn({ request }: BrowserContext, who: Person, at: Portal = "commercial"): Promise<void> {
  const administration = urlOf("administration");
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
}

/** Fills the visible sign-in form and submits it. */
export async function fillSignIn(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.locator('input[name="email"]').fill(email);
  await page.locator('input[name="password"]').fill(password);
  await page.locator('button[type="submit"]').click();
}

/** The address of the sign-in page. */
export const SIGN_IN_PAGE = /\/interaction\/[^/?]+/;
