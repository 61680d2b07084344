import { readFileSync } from "node:fs";
import { join } from "node:path";
import { devicesPath } from "@mgs/core/portal-links";
import { EVENTS, sessionChannel } from "@mgs/realtime/names";
import { z } from "zod";
import { TestBrowser } from "../../packages/oidc/src/testing/browser";
import { createRequest } from "../connection";
import { cookieOf, createPageSocket } from "../page-socket";
import { signInAtPortal } from "../portal-sign-in";
import { CREDENTIALS, FIRST_PERSON_ID, type World } from "../world";
import type { Device, RevocationSide } from "./side";

/** People among whom the devices are shared; each has one more, at another portal, from which they revoke. */
const PERSON_COUNT = 50;
/** The people's portal, and that of their revoked devices: two processes. */
const REVOKING_PORTAL = "gestion-dossier";
const PAGE_PORTAL = "commercial";
const SIGN_INS_AT_ONCE = 4;

type Person = { id: number; email: string; cookie: string };
type LiveDevice = { device: Device; person: Person; close(): void };

/** Real sign-ins with a form, real sockets by pusher-js, and the server action behind the button of the page of devices. */
export async function openRevocationProduct(world: World): Promise<RevocationSide> {
  const { instance, database } = world;
  const { urls, ports } = instance;
  await database.query(
    `UPDATE users SET password_hash = (SELECT password_hash FROM users WHERE email = $1) WHERE id BETWEEN $2 AND $3`,
    [CREDENTIALS.email, FIRST_PERSON_ID, FIRST_PERSON_ID + PERSON_COUNT - 1],
  );
  const { rows } = await database.query<{ id: number; email: string }>(
    "SELECT id, email FROM users WHERE id BETWEEN $1 AND $2 ORDER BY id",
    [FIRST_PERSON_ID, FIRST_PERSON_ID + PERSON_COUNT - 1],
  );
  const people: Person[] = [];
  for (const { id, email } of rows) {
    const browser = await signIn(REVOKING_PORTAL, email);
    people.push({ id, email, cookie: cookieOf(browser, devicesPath()) });
  }
  const actionId = findActionId();
  const live: LiveDevice[] = [];
  let signInCount = 0;

  async function signIn(portal: typeof REVOKING_PORTAL | typeof PAGE_PORTAL, email: string): Promise<TestBrowser> {
    const browser = new TestBrowser();
    await signInAtPortal(browser, urls[portal], urls.administration, { email, password: CREDENTIALS.password });
    return browser;
  }

  async function addDevice(person: Person): Promise<void> {
    const browser = await signIn(PAGE_PORTAL, person.email);
    const found = await database.query<{ id: string }>(
      "SELECT id FROM user_sessions WHERE user_id = $1 AND ended_at IS NULL ORDER BY created_at DESC LIMIT 1",
      [person.id],
    );
    const id = found.rows[0]?.id ?? "";
    const page = await openSocket(browser, id);
    const path = "/api/notifications/unread-count";
    const look = createRequest({ method: "GET", path, headers: { cookie: cookieOf(browser, path) } });
    const device = { id, ask: (connection: Parameters<Device["ask"]>[0]) => connection.ask(look), ...page.times };
    live.push({ device, person, close: page.close });
  }

  /** Opens the socket of a page: signed in as its device, and in the channel that tells of its end. */
  async function openSocket(browser: TestBrowser, userSessionId: string) {
    const pusher = createPageSocket(world, browser, PAGE_PORTAL);
    const channel = pusher.subscribe(sessionChannel(userSessionId));
    const told = new Promise<number>((resolve) => channel.bind(EVENTS.sessionEnded, () => resolve(performance.now())));
    const signedIn = new Promise<void>((resolve) => pusher.bind("pusher:signin_success", () => resolve()));
    const subscribed = new Promise<void>((resolve, reject) => {
      channel.bind("pusher:subscription_succeeded", () => resolve());
      channel.bind("pusher:subscription_error", (error: unknown) => reject(new Error(JSON.stringify(error))));
    });
    pusher.signin();
    await Promise.all([subscribed, signedIn]);
    const closed = new Promise<number>((resolve) =>
      pusher.connection.bind("state_change", ({ previous }: { previous: string }) => {
        if (previous === "connected") resolve(performance.now());
      }),
    );
    return { times: { told, closed }, close: () => pusher.disconnect() };
  }

  return {
    pagePort: ports[PAGE_PORTAL] ?? 0,
    revokePort: ports[REVOKING_PORTAL] ?? 0,
    async prepare(count) {
      const turns = people.slice(0, SIGN_INS_AT_ONCE).map((_, lane) => lane);
      await Promise.all(
        turns.map(async (lane) => {
          // Each lane has people of its own, so that a person's latest sign-in is the one that was just made.
          const mine = people.filter((_, index) => index % SIGN_INS_AT_ONCE === lane);
          while (live.length + lane < count) {
            const person = mine[signInCount++ % mine.length];
            if (person) await addDevice(person);
          }
        }),
      );
      // A dangerous act asks for a proof that is younger than ten minutes; this one is as if everybody had just given it.
      await database.query("UPDATE user_sessions SET proved_at = now() WHERE ended_at IS NULL");
      await world.delivered();
    },
    take() {
      const taken = live.shift();
      if (!taken) throw new Error("no device is live");
      const headers = {
        ...{ "next-action": actionId, origin: urls[REVOKING_PORTAL], "content-type": "text/plain;charset=UTF-8" },
        ...{ accept: "text/x-component", cookie: taken.person.cookie },
      };
      const body = JSON.stringify([taken.device.id, "0123456789abcdef0123456789abcdef"]);
      const request = createRequest({ method: "POST", path: devicesPath(), headers, body });
      return {
        device: taken.device,
        async revoke(connection) {
          const { status, body: answer } = await connection.ask(request);
          if (status !== 200 || !answer.includes('"ok":true')) {
            throw new Error(`a revocation was answered ${status}: ${answer.slice(0, 300)}`);
          }
        },
      };
    },
    async stop() {
      for (const { close } of live) close();
    },
  };
}

const manifest = z.object({
  node: z.record(z.string(), z.object({ filename: z.string(), exportedName: z.string() })),
});

/** Finds the id by which a page calls the server action that ends a device. @throws Error */
function findActionId(): string {
  const path = join(
    import.meta.dirname,
    ...["..", "..", "apps", REVOKING_PORTAL, ".next/server/server-reference-manifest.json"],
  );
  const actions = Object.entries(manifest.parse(JSON.parse(readFileSync(path, "utf8"))).node);
  const found = actions.find(
    ([, { filename, exportedName }]) => filename.endsWith("/devices.action.ts") && exportedName === "end",
  );
  if (!found) throw new Error(`${REVOKING_PORTAL} has no server action that ends a device`);
  return found[0];
}
