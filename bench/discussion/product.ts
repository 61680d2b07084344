import { EVENTS } from "@mgs/realtime/names";
import type Pusher from "pusher-js";
import { TestBrowser } from "../../packages/oidc/src/testing/browser";
import { createRequest } from "../connection";
import { cookieOf, createPageSocket } from "../page-socket";
import { signInAtPortal } from "../portal-sign-in";
import { CREDENTIALS, type World } from "../world";
import { type DiscussionSide, PEOPLE_PER_RECORD } from "./side";

const PORTAL = "gestion-dossier";
/** Beside the people of other benchmarks. */
const FIRST_ID = 110_001;
const SIGN_INS_AT_ONCE = 4;

type Page = { pusher: Pusher; socketId: string; cookie: string; dossierId: number };

/** Real sign-ins, a pusher-js socket a page in the channels of its dossier, and comments by the portal's HTTP API with the page's cookie. */
export async function openDiscussionProduct(world: World, personCount: number): Promise<DiscussionSide> {
  const { instance, database } = world;
  await database.query(
    `INSERT INTO users (id, email, name, password_hash, role, email_confirmed_at)
     SELECT $1::int + n, 'commente' || n || '@mgs.mg', 'Commente ' || n, (SELECT password_hash FROM users WHERE email = $3), 'gestionnaire', now()
     FROM generate_series(0, $2::int - 1) n`,
    [FIRST_ID, personCount, CREDENTIALS.email],
  );
  await database.query("INSERT INTO inboxes (user_id) SELECT id FROM users WHERE id >= $1 ON CONFLICT DO NOTHING", [
    FIRST_ID,
  ]);
  const { rows } = await database.query<{ id: number }>("SELECT id FROM dossiers ORDER BY id LIMIT $1", [
    Math.ceil(personCount / PEOPLE_PER_RECORD),
  ]);
  const pages: Page[] = [];
  let hear: (id: string, person: number) => void = () => undefined;

  async function openPage(person: number): Promise<void> {
    const browser = new TestBrowser();
    const credentials = { email: `commente${person}@mgs.mg`, password: CREDENTIALS.password };
    await signInAtPortal(browser, instance.urls[PORTAL], instance.urls.administration, credentials);
    const dossierId = rows[Math.floor(person / PEOPLE_PER_RECORD)]?.id;
    if (dossierId === undefined) throw new Error("the demonstration has too few dossiers");
    const pusher = createPageSocket(world, browser, PORTAL);
    const joined = [`private-dossier.${dossierId}`, `presence-dossier.${dossierId}`].map((name) => {
      const channel = pusher.subscribe(name);
      channel.bind(EVENTS.commentCreated, ({ id }: { id: string }) => hear(id, person));
      return new Promise<void>((resolve, reject) => {
        channel.bind("pusher:subscription_succeeded", () => resolve());
        channel.bind("pusher:subscription_error", (error: unknown) => reject(new Error(JSON.stringify(error))));
      });
    });
    await Promise.all(joined);
    const cookie = cookieOf(browser, `/api/dossiers/${dossierId}/comments`);
    pages[person] = { pusher, socketId: pusher.connection.socket_id, cookie, dossierId };
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
      const body = JSON.stringify({ id, content: "Vu, la pièce manque encore.", mentions: [] });
      const path = `/api/dossiers/${page.dossierId}/comments`;
      return { request: createRequest({ method: "POST", path, headers, body }), status: 201 };
    },
    onSeen(listener) {
      hear = listener;
    },
    async stop() {
      for (const { pusher } of pages) pusher.disconnect();
    },
  };
}
