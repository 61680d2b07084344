import type { UserActor } from "@mgs/core/actor";
import { createSeance } from "@mgs/dossiers/seances/create-seance";
import { useDossierStage } from "@mgs/dossiers/testing/use-dossier-stage";
import { EVENTS } from "@mgs/realtime/names";
import { createPublisher, type Publisher } from "@mgs/realtime/server";
import { createClient, nextEvent, subscribed } from "@mgs/realtime-server/testing/library-client";
import { startServer } from "@mgs/realtime-server/testing/start-server";
import { expect, it } from "vitest";
import { BUSINESS } from "./modules";
import { createApiClient } from "./testing/api-client";

const stage = useDossierStage();
let publisher: Publisher;
const as = createApiClient(() => ({ ...stage.deps(), publisher }));

/** A session of two people, a realtime server, and pusher-js as each of them has it. */
async function openSession() {
  const server = await startServer();
  publisher = createPublisher({
    ...{ PUSHER_APP_ID: server.app.id, PUSHER_APP_KEY: server.app.key, PUSHER_APP_SECRET: server.app.secret },
    ...{ PUSHER_APP_CLUSTER: "", PUSHER_HOST: "127.0.0.1", PUSHER_PORT: server.port, PUSHER_SCHEME: "http" },
  });
  const [hery, aina] = [await stage.add("Hery Rabe", "h@mgs.mg"), await stage.add("Aina", "a@mgs.mg")];
  const { seance } = await createSeance(stage.deps(), stage.admin, {
    ...{ title: "Commission", starts_at: "2026-12-04T09:00:00+03:00", ends_at: "2026-12-04T11:00:00+03:00" },
    participants: [hery.userId, aina.userId],
  });
  const path = `/sessions/${seance.id}/presence`;
  const channel = `presence-sport-session.${seance.id}`;
  const present = async (actor: UserActor) => {
    const { data } = await as(actor)("GET", `${path}/users`);
    return (data as unknown as { name: string; by: string[] }[]).map(({ name, by }) => `${name} ${by.join("+")}`);
  };
  const openTab = async ({ userId }: UserActor, name: string) => {
    const tab = createClient(server, { id: String(userId), name });
    await subscribed(tab, channel);
    return tab;
  };
  return { hery, aina, path, channel, present, openTab };
}

it("who is there by a socket stands in the list of those without one, once for three tabs, until the last is closed", async () => {
  const { hery, aina, path, channel, present, openTab } = await openSession();
  const watcher = await openTab(aina, "Aina");
  const tabs = [await openTab(hery, "Hery Rabe"), await openTab(hery, "Hery Rabe"), await openTab(hery, "Hery Rabe")];
  expect(await present(aina)).toEqual(["Aina socket", "Hery Rabe socket"]);
  await as(hery)("POST", `${path}/join?tab=phone`);
  expect(await present(aina)).toEqual(["Aina socket", "Hery Rabe socket+http"]);

  const gone = nextEvent(watcher.channel(channel), "pusher:member_removed");
  for (const tab of tabs) tab.disconnect();
  await gone;
  expect(await present(aina)).toEqual(["Aina socket", "Hery Rabe http"]);
  const { data } = await as(hery)("POST", `${path}/leave?tab=phone`);
  expect(data).toMatchObject([{ id: aina.userId, by: ["socket"] }]);
});

it("pusher-js hears who comes, types and leaves without a socket, and who is silent for a minute", async () => {
  const { hery, aina, path, channel, present, openTab } = await openSession();
  const watcher = (await openTab(aina, "Aina")).channel(channel);
  const user = { id: hery.userId, firstname: "Hery", lastname: "Rabe", avatar: null };
  const told = { user_id: hery.userId, name: "Hery Rabe", user };
  const call = as(hery);
  for (const [act, event] of [
    ["join", EVENTS.userOnline],
    ["typing", EVENTS.userTyping],
    ["leave", EVENTS.userOffline],
    ["join", EVENTS.userOnline],
  ] as const) {
    const heard = nextEvent(watcher, event);
    await call("POST", `${path}/${act}`);
    expect(await heard).toEqual(told);
  }
  expect(await present(aina)).toEqual(["Aina socket", "Hery Rabe http"]);

  const heard = nextEvent(watcher, EVENTS.userOffline);
  await stage.database.presenceSign.updateMany({ data: { seenAt: new Date(Date.now() - 60_001) } });
  const expiry = BUSINESS.flatMap(({ schedules = [] }) => schedules).find(
    ({ name }) => name === "comments.expire-presence",
  );
  await expiry?.run({ database: stage.database, publisher } as never);
  expect(await heard).toEqual(told);
  expect(await present(aina)).toEqual(["Aina socket"]);
});
