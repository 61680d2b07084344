import { randomUUID } from "node:crypto";
import type { InboxPage, NotificationDto, SendInput, SentNotification } from "@mgs/notifications/contract/schemas";
import { type BrowserContext, expect } from "@playwright/test";
import { urlOf } from "./instance";
import type { Person } from "./people";

/** Makes a titre that no other test uses. */
export function uniqueTitre(text: string): string {
  return `${text} ${randomUUID().slice(0, 8)}`;
}

export type Answer = {
  status: number;
  headers: Headers;
  body: { success: boolean; data?: SentNotification; error?: { code: string; message: string; details?: unknown } };
};

/** Calls `POST /api/notifications/send` as a program does. */
export async function postSend(token: string, input: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(`${urlOf("administration")}/api/notifications/send`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json", ...headers },
    body: JSON.stringify(input),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Answer["body"] };
}

/** Sends a notification that has to be accepted. */
export async function send(token: string, to: Person, input: Partial<SendInput> = {}): Promise<SentNotification> {
  const answer = await postSend(token, {
    user_id: to.id,
    type: "essai",
    titre: uniqueTitre("Essai"),
    message: "Un message d’essai.",
    ...input,
  });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  if (!answer.body.data) throw new Error("a send answered without its notification");
  return answer.body.data;
}

const api = (path: string) => `${urlOf("administration")}/api/notifications${path}`;

/** Reads every notification of a person's inbox with a token. */
export async function wholeInbox(token: string, filter = "all"): Promise<NotificationDto[]> {
  const items: NotificationDto[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const query = new URLSearchParams({ filter, limit: "100", ...(cursor ? { cursor } : {}) });
    const response = await fetch(api(`?${query}`), { headers: { authorization: `Bearer ${token}` } });
    expect(response.status).toBe(200);
    const { data } = (await response.json()) as { data: InboxPage };
    items.push(...data.items);
    cursor = data.next_cursor;
  }
  return items;
}

/** Marks a person's notifications read, so that the unread count starts at zero. */
export async function markAllRead({ request }: BrowserContext, origin: string): Promise<void> {
  // The dashboard's redirects create the portal's session.
  await request.get(`${origin}/dashboard`);
  const answer = await request.post(`${origin}/api/notifications/read-all`, { headers: { origin } });
  expect(answer.status()).toBe(200);
}
