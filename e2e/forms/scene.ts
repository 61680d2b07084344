import { randomUUID } from "node:crypto";
import { expect, type Locator, type Page, type Request } from "@playwright/test";
import { connect } from "../bad-input/database";
import { createPerson } from "../support/cli";
import { send } from "../support/notifications";
import type { Person } from "../support/people";
import type { test } from "../support/test";

type Fixtures = Parameters<Parameters<typeof test>[2]>[0];

/** The fixtures with which a row opens its page. */
export type Stage = Pick<Fixtures, "signedIn" | "browserOf" | "machine"> & {
  /** People whom no other test uses, since the tests change their role and account. */
  people: { administrator: Person; reader: Person; signer: Person };
};

/** A page with one control to test. */
export type Scene = {
  page: Page;
  /** The control, which is visible after `ask`. */
  control: Locator;
  /** Opens the dialog that asks before the action. */
  ask?: () => Promise<void>;
  /** Presses the control; by default by a click. */
  press?: () => Promise<void>;
  /** Whether the control is busy until the answer, and ignores further presses. */
  showsPending?: boolean;
  /** Whether a request is that of the press. */
  isPost: (request: Request) => boolean;
  /** Counts how often the action has taken effect. */
  effects: () => Promise<number>;
  /** Expects that the page shows the effect. */
  expectDone: () => Promise<void>;
  /** The message for a lost answer. */
  noAnswer: Locator;
  /** Whether the page itself asks for the effect after a lost answer; otherwise the person presses again. */
  recovers?: boolean;
  /** Expects the page after a repeated press, where it differs from `expectDone`. */
  expectRepeated?: () => Promise<void>;
  /** Expects that typed text is still there. */
  expectTyped?: () => Promise<void>;
  /** Makes the server refuse the press. */
  refuse: () => Promise<void>;
  /** The message of the refusal. */
  refused: Locator;
};

/** Whether a request calls a server action with arguments; the polls of the queues page have none. */
export const isAction = (request: Request): boolean =>
  request.headers()["next-action"] !== undefined && request.postData() !== "[]";

/** Whether a request calls a server action with an idempotency key. */
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

/** Returns the number that a statement selects as `count`. */
export async function countOf(sql: string, values: readonly unknown[] = []): Promise<number> {
  const [row] = await query<{ count: string }>(sql, values);
  return Number(row?.count);
}

/** Returns a function that counts the rows that a statement counts beyond those of now. */
export async function countFromNow(sql: string, values: readonly unknown[] = []): Promise<() => Promise<number>> {
  const before = await countOf(sql, values);
  return async () => (await countOf(sql, values)) - before;
}

/** Makes the server refuse the page's next call, by the Origin of another site. */
export async function forgeOrigin(page: Page, isPost: Scene["isPost"]): Promise<void> {
  await page.route("**/*", async (route, request) => {
    if (!isPost(request)) return route.fallback();
    // A page cannot set this header itself.
    const response = await route.fetch({ headers: { ...request.headers(), origin: "https://ailleurs.example" } });
    await route.fulfill({ response });
  });
}

let people: Stage["people"] | undefined;

/** Creates the people of these tests once, and restores their role and account. */
export async function freshPeople(): Promise<Stage["people"]> {
  // After a failure Playwright restarts the process, which creates new people.
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

/** Ends the latest sign-in, as a revocation does; open pages get no event of it. */
export async function endLastSession(): Promise<void> {
  await query(
    `UPDATE user_sessions SET ended_at = now()
     WHERE id = (SELECT id FROM user_sessions WHERE ended_at IS NULL ORDER BY created_at DESC LIMIT 1)`,
  );
}

/** Creates a notification whose mail is a dead letter. */
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
