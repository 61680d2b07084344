import type Pusher from "pusher-js";
import { TestBrowser } from "../../packages/oidc/src/testing/browser";
import { createRequest } from "../connection";
import { cookieOf, createPageSocket } from "../page-socket";
import { signInAtPortal } from "../portal-sign-in";
import { CREDENTIALS, type World } from "../world";
import type { DiscussionSide } from "./side";

const PORTAL = "gestion-dossier";
const SIGN_INS_AT_ONCE = 4;

type Page = { pusher: Pusher; socketId: string; cookie: string };

export type PageOptions = {
  personCount: number;
  /** The first of the people's ids, beside those of other benchmarks. */
  firstId: number;
  /** The beginning of their addresses and names. */
  name: string;
  /** Called when the people are there: makes what they write about. */
  prepare(): Promise<void>;
  /** The channels of a person's page, the event that tells of a text, and its id in there. */
  channels(person: number): readonly string[];
  event: string;
  idOf(data: unknown): string;
  /** Where a person writes. */
  path(person: number): string;
  body(id: string): object;
};

/** Real sign-ins, a pusher-js socket a page in its channels, and texts by the portal's HTTP API with the page's cookie. */
export async function openPages(world: World, options: PageOptions): Promise<DiscussionSide> {
  const { instance, database } = world;
  const { personCount, firstId, name, prepare, channels, event, idOf, path, body } = options;
  await database.query(
    `INSERT INTO users (id, email, name, password_hash, role, email_confirmed_at)
     SELECT $1::int + n, $4::text || n || '@mgs.mg', initcap($4::text) || ' ' || n, (SELECT password_hash FROM users WHERE email = $3), 'gestionnaire', now()
     FROM generate_series(0, $2::int - 1) n`,
    [firstId, personCount, CREDENTIALS.email, name],
  );
  await database.query("INSERT INTO inboxes (user_id) SELECT id FROM users WHERE id >= $1 ON CONFLICT DO NOTHING", [
    firstId,
  ]);
  await prepare();
  const pages: Page[] = [];
  let hear: (id: string, person: number) => void = () => undefined;

  async function openPage(person: number): Promise<void> {
    const browser = new TestBrowser();
    const credentials = { email: `${name}${person}@mgs.mg`, password: CREDENTIALS.password };
    await signInAtPortal(browser, instance.urls[PORTAL], instance.urls.administration, credentials);
    const pusher = createPageSocket(world, browser, PORTAL);
    const joined = channels(person).map((channelName) => {
      const channel = pusher.subscribe(channelName);
      channel.bind(event, (data: unknown) => hear(idOf(data), person));
      return new Promise<void>((resolve, reject) => {
        channel.bind("pusher:subscription_succeeded", () => resolve());
        channel.bind("pusher:subscription_error", (error: unknown) => reject(new Error(JSON.stringify(error))));
      });
    });
    await Promise.all(joined);
    pages[person] = { pusher, socketId: pusher.connection.socket_id, cookie: cookieOf(browser, path(person)) };
  }

  await Promise.all(
    Array.from({ length: SIGN_INS_AT_ONCE }, async (_, lane) => {
      for (let person = lane; person < personCount; person += SIGN_INS_AT_ONCE) await openPage(person);
    }),
  );
  await world.delivered();
  return {
    port: instance.ports[PORTAL] ?? 0,
    write(person, id) {
      const page = pages[person];
      if (!page) throw new Error(`no page of person ${person}`);
      const headers = {
        ...{ "content-type": "application/json", origin: instance.urls[PORTAL], cookie: page.cookie },
        "x-socket-id": page.socketId,
      };
      const text = JSON.stringify(body(id));
      return { request: createRequest({ method: "POST", path: path(person), headers, body: text }), status: 201 };
    },
    onSeen(listener) {
      hear = listener;
    },
    async stop() {
      for (const { pusher } of pages) pusher.disconnect();
    },
  };
}
