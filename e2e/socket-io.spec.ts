import type { BrowserContext } from "@playwright/test";
import Pusher from "pusher-js";
import { SOCKET_IO_HTTP_KEY } from "../tooling/src/testing/e2e-setup";
import { createPerson, mgs } from "./support/cli";
import { openLive } from "./support/inbox";
import { portOf, urlOf } from "./support/instance";
import { userToken } from "./support/oauth";
import { keyOf } from "./support/old-client";
import { ADMIN } from "./support/people";
import { openSocketIoPage } from "./support/socket-io-page";
import { expect, test } from "./support/test";

/** Front ends of laravel-echo-server, with the cookie of a portal: unmodified laravel-echo with each socket.io-client. */

const GESTION = () => urlOf("gestion-dossier");

async function call<Data>({ request }: BrowserContext, path: string, data: object): Promise<Data> {
  const answer = await request.post(`${GESTION()}${path}`, { headers: { origin: GESTION() }, data });
  expect(answer.ok(), await answer.text()).toBe(true);
  return (await answer.json()).data;
}

/** Asks the realtime server as a back end of laravel-echo-server does. */
async function countSubscriptions(channel: string): Promise<number> {
  const response = await fetch(
    `http://127.0.0.1:${portOf("realtime")}/apps/mgs/channels/${channel}?auth_key=${SOCKET_IO_HTTP_KEY}`,
  );
  return ((await response.json()) as { subscription_count: number }).subscription_count;
}

const open: Pusher[] = [];
test.afterEach(() => {
  for (const pusher of open.splice(0)) pusher.disconnect();
});

/** A front end on Pusher: whom it sees come and go among the people online. */
async function watchOnline(token: string): Promise<ReadonlySet<number>> {
  const pusher = new Pusher(await keyOf(token), {
    ...{ cluster: "mt1", wsHost: "127.0.0.1", wsPort: portOf("realtime"), forceTLS: false, enabledTransports: ["ws"] },
    channelAuthorization: {
      ...{ transport: "ajax", endpoint: "" },
      customHandler: async ({ socketId, channelName }, done) => {
        const response = await fetch(`${GESTION()}/broadcasting/auth`, {
          method: "POST",
          headers: { authorization: `Bearer ${token}` },
          body: new URLSearchParams({ socket_id: socketId, channel_name: channelName }),
        });
        if (response.ok) done(null, await response.json());
        else done(new Error(String(response.status)), null);
      },
    },
  });
  open.push(pusher);
  const online = new Set<number>();
  const channel = pusher.subscribe("presence-online-users");
  channel.bind("pusher:member_added", ({ id }: { id: string }) => online.add(Number(id)));
  channel.bind("pusher:member_removed", ({ id }: { id: string }) => online.delete(Number(id)));
  await new Promise<void>((resolve, reject) => {
    channel.bind("pusher:subscription_succeeded", () => resolve());
    channel.bind("pusher:subscription_error", ({ error }: { error: string }) => reject(new Error(error)));
  });
  return online;
}

for (const version of [2, 3, 4] as const) {
  test(`a page with socket.io-client ${version} has messages, typing, notifications and people online, until its session ends`, async ({
    signedIn,
    thirdParty,
  }) => {
    const mark = Date.now();
    const [hery, lala] = [
      await createPerson(`Hery ${mark}`, "gestionnaire"),
      await createPerson(`Lala ${mark}`, "gestionnaire"),
    ];
    const [mine, theirs, hers] = [await signedIn(ADMIN), await signedIn(hery), await signedIn(lala)];
    for (const { request } of [mine, theirs]) await request.get(`${GESTION()}/login/oauth`);
    const { id } = await call<{ id: number }>(mine, "/api/conversations", { user_ids: [hery.id] });
    const foreign = await call<{ id: number }>(mine, "/api/conversations", { user_ids: [lala.id] });
    const me = await mine.newPage();
    await openLive(me, `${GESTION()}/messages/${id}`);
    const onPusher = await watchOnline(await userToken(mine, thirdParty));

    const old = await openSocketIoPage(theirs, version, {
      ...{ userId: hery.id, conversationId: id, foreignId: foreign.id },
    });
    await expect(old.list("state")).toHaveText(["connected"]);
    await expect.poll(() => countSubscriptions(`private-conversation.${id}`)).toBe(2);
    await expect.poll(() => countSubscriptions(`private-App.Models.User.${hery.id}`)).toBe(1);
    // Another's conversation stays closed.
    await expect(old.list("refused")).toHaveText([`private-conversation.${foreign.id} 403`]);

    // People on Pusher and on Socket.IO meet in one presence channel.
    await expect(old.list("online").filter({ hasText: ADMIN.name })).toHaveCount(1);
    await expect(old.list("online").filter({ hasText: hery.name })).toHaveCount(1);
    await expect.poll(() => onPusher.has(hery.id)).toBe(true);
    const third = await hers.newPage();
    await openLive(third, `${GESTION()}/dashboard`);
    await expect(old.list("joined")).toHaveText([lala.name]);
    await third.close();
    await expect(old.list("left")).toHaveText([lala.name]);

    // Typing is seen on both sides.
    await old.field.fill("Je regarde");
    await expect(me.getByText(`${hery.name} écrit…`)).toBeVisible();
    await me.getByLabel(/^Votre message à /).fill("Le plan manque encore");
    await expect(old.list("typing").first()).toHaveText(String(ADMIN.id));

    // A message comes to the others' pages, and not to the one that wrote it.
    await old.send();
    await expect(old.list("sent")).toHaveText(["201"]);
    await expect(me.locator("#main [data-message]")).toContainText(["Je regarde"]);
    await me.getByLabel(/^Votre message à /).press("Control+Enter");
    await expect(old.list("messages")).toHaveText([`${ADMIN.name} : Le plan manque encore`]);

    await mgs("notify", "--user", String(hery.id), "--titre", `Titre ${mark}`, "--message", "Essai");
    await expect(old.list("notifications").filter({ hasText: `Titre ${mark}` })).toHaveCount(1);

    // With the person's sign-ins the socket ends: its client stays away, and nobody sees them online.
    await mgs("tokens:revoke", "--user", hery.email);
    await expect(old.list("state")).toHaveText(["connected", "io server disconnect"]);
    await expect.poll(() => countSubscriptions(`private-conversation.${id}`)).toBe(1);
    await expect.poll(() => onPusher.has(hery.id)).toBe(false);
  });
}
