import { type BrowserContext, expect, type Locator, type Page } from "@playwright/test";
import { urlOf } from "./instance";

/** Calls the API of Gestion-Dossier as the browser's person. @returns the answer's data */
export async function callGestion<Data>(
  { request }: BrowserContext,
  method: string,
  path: string,
  data?: object,
): Promise<Data> {
  const origin = urlOf("gestion-dossier");
  const answer = await request.fetch(`${origin}${path}`, { method, headers: { origin }, ...(data ? { data } : {}) });
  expect([path, answer.status()], await answer.text()).toEqual([path, answer.status() < 300 ? answer.status() : 200]);
  return (await answer.json()).data;
}

/** The field in which a message is written. */
export const messageField = (page: Page): Locator => page.getByLabel(/^Votre message à /);

/** The messages of the open conversation that are drawn, with the lines of what has happened. */
export const messagesOf = (page: Page): Locator => page.locator("#main [data-message]");

/** Expects the number beside the header's link to one's messages. */
export const expectUnreadMessages = (page: Page, count: number): Promise<void> =>
  expect(page.getByTestId("messages")).toHaveAttribute("data-count", String(count));

/** Writes a message, and waits until it is among those that are sent. */
export async function writeMessage(page: Page, text: string): Promise<void> {
  await messageField(page).fill(text);
  await messageField(page).press("Control+Enter");
  await expect(messageField(page)).toHaveValue("");
}

/** Chooses what to do with a message from its menu. */
export async function actOnMessage(page: Page, message: Locator, name: string): Promise<void> {
  await message.hover();
  await message.getByRole("button", { name: /^Actions sur le message/ }).click();
  await page.getByRole("menuitem", { name, exact: true }).click();
}

/** Opens the part of the user menu in which somebody chooses how they are seen. */
export async function openStatus(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Menu d/ }).click();
  await page.getByRole("menuitem", { name: "Votre statut" }).click();
}
