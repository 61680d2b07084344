import { readFileSync } from "node:fs";
import Pusher from "pusher-js";
import { parse } from "yaml";
import { createPerson } from "./support/cli";
import { addDossierType } from "./support/dossiers";
import { portOf, urlOf } from "./support/instance";
import { userToken } from "./support/oauth";
import { keyOf } from "./support/old-client";
import { expect, test } from "./support/test";

/** Every channel of records that the AsyncAPI document has, joined by pusher-js with the right and without. */

const GESTION = () => urlOf("gestion-dossier");
/** Channels of people and sessions, which `channels.spec.ts` tries. */
const OF_PEOPLE = [
  ...["private-App.Models.User.{id}", "private-user.{id}", "private-session.{id}"],
  ...["presence-online-users", "maintenance"],
];
const document = parse(readFileSync(new URL("../docs/api/asyncapi.yaml", import.meta.url), "utf8")) as {
  channels: Record<string, { address: string }>;
};
const PATTERNS = Object.values(document.channels)
  .map(({ address }) => address)
  .filter((address) => !OF_PEOPLE.includes(address));

const open: Pusher[] = [];
test.afterEach(() => {
  for (const pusher of open.splice(0)) pusher.disconnect();
});

type Listener = { outcomes: Map<string, string>; heard: Map<string, Set<string>> };

/** Joins channels as a front end does. */
async function join(token: string, channels: readonly string[]): Promise<Listener> {
  const authorization = `Bearer ${token}`;
  const client = new Pusher(await keyOf(token), {
    ...{ cluster: "mt1", wsHost: "127.0.0.1", wsPort: portOf("realtime"), forceTLS: false, enabledTransports: ["ws"] },
    channelAuthorization: {
      ...{ transport: "ajax", endpoint: "" },
      customHandler: async ({ socketId, channelName }, done) => {
        const response = await fetch(`${GESTION()}/broadcasting/auth`, {
          method: "POST",
          headers: { authorization },
          body: new URLSearchParams({ socket_id: socketId, channel_name: channelName }),
        });
        if (response.ok) done(null, await response.json());
        else done(new Error(String(response.status)), null);
      },
    },
  });
  open.push(client);
  const listener: Listener = { outcomes: new Map(), heard: new Map(channels.map((channel) => [channel, new Set()])) };
  const settled = channels.map(
    (name) =>
      new Promise<void>((resolve) => {
        const channel = client.subscribe(name);
        channel.bind_global((event: string, data: { error?: string }) => {
          if (event === "pusher:subscription_succeeded") listener.outcomes.set(name, "in");
          if (event === "pusher:subscription_error") listener.outcomes.set(name, data.error ?? "refused");
          if (/^pusher[:_]/.test(event)) resolve();
          else listener.heard.get(name)?.add(event);
        });
      }),
  );
  await Promise.all(settled);
  return listener;
}

test("every channel of records lets in who sees the record, and tells a stranger nothing", async ({
  signedIn,
  thirdParty,
}) => {
  const mark = Date.now();
  const worker = await createPerson(`Hery ${mark}`, "gestionnaire");
  const stranger = await createPerson(`Onja ${mark}`, "comptable");
  const tokenOf = async (who: typeof worker) => userToken(await signedIn(who), thirdParty);
  const [token, foreignToken] = [await tokenOf(worker), await tokenOf(stranger)];
  const call = async (method: string, path: string, body: object = {}) => {
    const response = await fetch(`${GESTION()}/api${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    expect(response.ok, `${method} ${path}: ${text}`).toBe(true);
    return (JSON.parse(text) as { data: { id: number | string; version: number } }).data;
  };
  const dossier = await call("POST", "/dossiers", {
    ...{ title: `Canaux ${mark}`, type_id: await addDossierType(`Canaux ${mark}`), assignee_id: worker.id },
    concerned: { kind: "personne", name: "Lala Rasoa" },
  });
  const session = await call("POST", "/sessions", {
    ...{ title: `Canaux ${mark}`, starts_at: "2027-02-01T06:00:00Z", ends_at: "2027-02-01T08:00:00Z" },
    participants: [worker.id],
  });
  const thread = await call("POST", `/dossiers/${dossier.id}/threads`, { title: "Entre nous", user_ids: [] });

  const ids: Readonly<Record<string, number | string>> = {
    ...{ "private-dossier.{id}": dossier.id, "presence-dossier.{id}": dossier.id },
    ...{ "private-sport-session.{id}": session.id, "presence-sport-session.{id}": session.id },
    ...{ "sport-session.{id}": session.id, "private-comment-thread.{id}": thread.id },
    ...{ "private-dossiers": "", "private-dossiers.user.{id}": worker.id, "private-dossiers.role.{id}": worker.role },
  };
  expect(Object.keys(ids).sort(), "a row for each channel of the document").toEqual([...PATTERNS].sort());
  const channels = Object.entries(ids).map(([pattern, id]) => pattern.replace("{id}", String(id)));
  const [mine, theirs] = [await join(token, channels), await join(foreignToken, channels)];
  expect(Object.fromEntries(mine.outcomes)).toEqual(Object.fromEntries(channels.map((channel) => [channel, "in"])));
  const isPublic = (channel: string) => !/^(private|presence)-/.test(channel);
  expect(Object.fromEntries(theirs.outcomes)).toEqual(
    Object.fromEntries(channels.map((channel) => [channel, isPublic(channel) ? "in" : "403"])),
  );

  // Something happens that each of them tells.
  await call("POST", `/dossiers/${dossier.id}/opinions`, { role: worker.role, question: "Qu’en pensez-vous ?" });
  await call("POST", `/dossiers/${dossier.id}/comments`, { content: "Vu" });
  await call("POST", `/dossiers/${dossier.id}/comments`, { content: "Entre nous", thread_id: thread.id });
  await call("POST", `/sessions/${session.id}/comments`, { content: "Vu" });
  for (const record of [`/dossiers/${dossier.id}`, `/sessions/${session.id}`])
    await call("POST", `${record}/presence/join`);
  await expect
    .poll(() => [...mine.heard].filter(([, events]) => events.size === 0).map(([channel]) => channel))
    .toEqual([]);
  const told = [...theirs.heard].filter(([channel, events]) => events.size > 0 && !isPublic(channel));
  expect(told).toEqual([]);
});
