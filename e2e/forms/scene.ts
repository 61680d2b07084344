import { randomUUID } from "node:crypto";
import { expect, type Locator, type Page, type Request } from "@playwright/test";
import { connect } from "../bad-input/database";
import { createPerson } from "../support/cli";
import { send } from "../support/notifications";
import type { Person } from "../support/people";
import type { test } from "../support/test";

type Fixtures = Parameters<Parameters<typeof test>[2]>[0];

/** What a row needs to open its page. */
export type Stage = Pick<Fixtures, "signedIn" | "browserOf" | "machine"> & {
  /** People whom no other test knows: their role and account are changed. */
  people: { administrator: Person; reader: Person; signer: Person };
};

/** A page on which one press does what its row is about. */
export type Scene = {
  page: Page;
  /** The control, in view after `ask`. */
  control: Locator;
  /** Opens the question that comes before the press. */
  ask?: () => Promise<void>;
  /** Does what a press does; a click on the control unless said otherwise. */
  press?: () => Promise<void>;
  /** Whether the control shows that an answer is awaited, and takes no other press meanwhile. */
  waits?: boolean;
  /** Whether a request is the one that the press makes. */
  isPost: (request: Request) => boolean;
  /** How often what the press asks for has been done. */
  effects: () => Promise<number>;
  /** Expects that the page shows what was done. */
  expectDone: () => Promise<void>;
  /** The words for a lost answer. */
  noAnswer: Locator;
  /** After a lost answer the page finds out by itself what was done; otherwise the person presses again. */
  findsOut?: boolean;
  /** What a repeated press shows where it is not the same as after the first. */
  expectRepeated?: () => Promise<void>;
  /** Expects that what was typed is there. */
  expectTyped?: () => Promise<void>;
  /** Makes the server refuse the press. */
  refuse: () => Promise<void>;
  /** The words of the refusal. */
  refused: Locator;
};

/** A server action that is given something: what the page of the queues reads by itself every few seconds is given nothing. */
export const isAction = (request: Request): boolean =>
  request.headers()["next-action"] !== undefined && request.postData() !== "[]";

/** A server action with the key of a press. */
export const isKeyedAction = (request: Request): boolean =>
  request.headers()["next-action"] !== undefined && /"[0-9a-f]{32}"/.test(request.postData() ?? "");

export const isCall =
  (method: string, path: RegExp) =>
  (request: Request): boolean =>
    request.method() === method && path.test(new URL(request.url()).pathname);

/** Runs a statement on the product's own database. */
export async function query<T extends object>(sql: string, values: readonly unknown[] = []): Promise<T[]> {
  const database = await connect();
  try {
    return (await database.query<T>(sql, [...values])).rows;
  } finally {
    await database.end();
  }
}

/** The number that a statement selects as `count`. */
export async function countOf(sql: string, values: readonly unknown[] = []): Promise<number> {
  const [row] = await query<{ count: string }>(sql, values);
  return Number(row?.count);
}

/** Counts what comes to what a statement counts from now on. */
export async function countFromNow(sql: string, values: readonly unknown[] = []): Promise<() => Promise<number>> {
  const before = await countOf(sql, values);
  return async () => (await countOf(sql, values)) - before;
}

/** The server refuses the page's next call, as one that comes from another site. */
export async function comeFromElsewhere(page: Page, isPost: Scene["isPost"]): Promise<void> {
  await page.route("**/*", async (route, request) => {
    if (!isPost(request)) return route.fallback();
    // A browser lets nobody else write this header.
    const response = await route.fetch({ headers: { ...request.headers(), origin: "https://ailleurs.example" } });
    await route.fulfill({ response });
  });
}

let people: Stage["people"] | undefined;

/** The people of these tests, made once, and as they were made. */
export async function freshPeople(): Promise<Stage["people"]> {
  // After a failure they are made anew, beside the old ones.
  const nameOf = (first: string) => `${first} ${randomUUID().slice(0, 8)}`;
  people ??= {
    administrator: await createPerson(nameOf("Administratrice"), "administrateur"),
    reader: await createPerson(nameOf("Lectrice"), "commercial"),
    signer: await createPerson(nameOf("Arrivante"), "commercial"),
  };
  const { administrator, reader } = people;
  await query("UPDATE users SET role = 'administrateur' WHERE id = $1", [administrator.id]);
  await query("UPDATE users SET disabled_at = NULL WHERE id = $1", [reader.id]);
  return people;
}

/** Ends the sign-in that was made last, as a revocation does; open pages do not hear of it. */
export async function endLastSession(): Promise<void> {
  await query(
    `UPDATE user_sessions SET ended_at = now()
     WHERE id = (SELECT id FROM user_sessions WHERE ended_at IS NULL ORDER BY created_at DESC LIMIT 1)`,
  );
}

/** A notification of the reader whose mail could not be delivered. */
export async function undelivered({ machine, people }: Stage, type: string): Promise<{ id: string; job: string }> {
  await query("UPDATE outbox SET state = 'sent' WHERE state = 'dead'");
  const { id } = await send(machine, people.reader, { type });
  const unsent = "SELECT count(*) FROM outbox WHERE notification_id = $1 AND state <> 'sent'";
  await expect.poll(() => countOf(unsent, [id]), { timeout: 120_000 }).toBe(0);
  const [job] = await query<{ id: string }>(
    `UPDATE outbox SET state = 'dead', attempts = 8, last_error = 'Error: no such mailbox'
     WHERE notification_id = $1 AND channel = 'email' RETURNING id`,
    [id],
  );
  if (!job) throw new Error("a notification without a mail");
  return { id, job: job.id };
}
