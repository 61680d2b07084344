import { expect, test } from "@playwright/test";
import { PORTALS } from "../packages/core/src/portals";
import { type Answer, send } from "./bad-input/call";
import { type Case, findFaults } from "./bad-input/case";
import { listen } from "./bad-input/listen";
import { useWorld } from "./bad-input/use-world";
import { type World, waitForDeliveries } from "./bad-input/world";
import { urlOf } from "./support/instance";
import { mailTo } from "./support/mailbox";

/** Who may join which realtime channel, by cookie and by token, in every portal. */

const getWorld = useWorld();
const SOCKET = "123.456";

const own = ({ me, sessionId }: World): string[] => [
  `private-App.Models.User.${me.id}`,
  `private-user.${me.id}`,
  `private-session.${sessionId}`,
  "presence-online-users",
];

/** Names that resemble a channel of the caller and are none. */
function foreign({ me, other, sessionId, otherSessionId }: World): string[] {
  const mine = `App.Models.User.${me.id}`;
  return [
    ...[`private-App.Models.User.${other.id}`, `private-user.${other.id}`, `private-session.${otherSessionId}`],
    ...[
      `private-${mine}.x`,
      `private-${mine}.`,
      `private-App.Models.User.0${me.id}`,
      `private-App.Models.User.${me.id}0`,
    ],
    ...[
      `private-App.Models.User.-${me.id}`,
      `private-App.Models.User.${me.id}.0`,
      `private-App.Models.User.${me.id}e0`,
    ],
    ...["private-App.Models.User.", "private-App.Models.User", "private-user.", "private-session.", "private-"],
    ...[
      `private-app.models.user.${me.id}`,
      `PRIVATE-${mine}`,
      `private-App,Models,User,${me.id}`,
      `private-private-${mine}`,
    ],
    ...[`private-encrypted-${mine}`, `private-cache-${mine}`, `private-encrypted-cache-${mine}`, `presence-${mine}`],
    ...[`presence-cache-online-users`, "presence-online-users.x", "presence-online-users2", "private-online-users"],
    ...[`client-${mine}`, mine, `user.${me.id}`, "online-users", "presence-", `presence-session.${sessionId}`],
    ...[`private-session.${sessionId.toUpperCase()}`, `private-session.${sessionId}x`, `private-session.${me.id}`],
    ...[
      `private-user.${me.id},private-user.${other.id}`,
      `private-user.${me.id};${other.id}`,
      `private-user.${sessionId}`,
    ],
    ...["private-__proto__", "__proto__", "constructor", "private-orders.1", `private-App.Models.Admin.${me.id}`],
  ];
}

const unacceptable = ({ me }: World): string[] => [
  ...[
    "",
    " ",
    `private-user.${me.id} `,
    `private-user.${me.id}\n`,
    `private-user.${me.id}\0`,
    "private-é",
    "x".repeat(201),
  ],
  ...[`#server-to-user-${me.id}`, "private-user.%31", `private-user.{id}`, "private-user.*", `private-user.${me.id}:x`],
];

const SOCKETS = [
  "",
  "1",
  "1.",
  ".1",
  "1.2.3",
  "a.b",
  "-1.2",
  "1.2:private-user.1",
  "1.2:presence-x:{}",
  " 1.2",
  "1.2\n",
  "1.2\0",
];

const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();
const FORM = { "content-type": "application/x-www-form-urlencoded" };

for (const portal of PORTALS) {
  for (const via of ["cookie", "bearer"] as const) {
    const credentials = (): Record<string, string> =>
      via === "bearer"
        ? { authorization: getWorld().bearer.me }
        : { cookie: getWorld().cookies[portal], origin: urlOf(portal) };
    const ask = (path: string, fields: Record<string, string>): Promise<Answer> =>
      send(urlOf(portal), {
        method: "POST",
        path,
        headers: { ...FORM, ...credentials() },
        body: form(fields),
      });

    test(`${portal}, ${via}: authorizes the caller's own channels`, async () => {
      for (const channel_name of own(getWorld())) {
        const { status, json, headers } = await ask("/broadcasting/auth", { socket_id: SOCKET, channel_name });
        expect(status, channel_name).toBe(200);
        expect(headers["cache-control"]).toBe("no-store");
        const { auth, channel_data } = json as { auth: string; channel_data?: string };
        expect(auth).toMatch(/^[^:]+:[0-9a-f]{64}$/);
        const member = channel_data === undefined ? undefined : JSON.parse(channel_data);
        expect(member?.user_id).toBe(channel_name.startsWith("presence-") ? String(getWorld().me.id) : undefined);
      }
      const { json } = await ask("/broadcasting/user-auth", { socket_id: SOCKET });
      const { user_data } = json as { user_data: string };
      expect(JSON.parse(user_data), "a device, not a person").toEqual({ id: getWorld().sessionId });
    });

    test(`${portal}, ${via}: refuses every other channel`, async () => {
      const world = getWorld();
      const locale = "fr" as const;
      const call = (path: string, fields: Record<string, string>) => ({
        method: "POST",
        path,
        headers: { ...FORM, ...credentials() },
        body: form(fields),
      });
      const auth = (channel_name: string, socket_id = SOCKET) =>
        call("/broadcasting/auth", { socket_id, channel_name });
      const invalid = { status: 422, code: "VALIDATION_ERROR" as const, locale };
      const cases: Case[] = [
        ...foreign(world).map((name) => ({ name, call: auth(name), status: 403, code: "FORBIDDEN" as const, locale })),
        ...unacceptable(world).map((name) => ({ name, call: auth(name), ...invalid })),
        ...SOCKETS.flatMap((socket) => [
          { name: `socket ${JSON.stringify(socket)}`, call: auth(own(world)[0] ?? "", socket), ...invalid },
          {
            name: `socket ${JSON.stringify(socket)}`,
            call: call("/broadcasting/user-auth", { socket_id: socket }),
            ...invalid,
          },
        ]),
        { name: "nothing", call: call("/broadcasting/auth", {}), ...invalid },
        {
          name: "the second channel counts",
          call: {
            ...auth(""),
            body: `socket_id=${SOCKET}&channel_name=private-user.${world.me.id}&channel_name=private-user.${world.other.id}`,
          },
          status: 403,
          code: "FORBIDDEN",
          locale,
        },
        ...[
          `{"socket_id":"${SOCKET}","channel_name":["private-user.${world.me.id}"]}`,
          `{"socket_id":1.2,"channel_name":"private-user.${world.me.id}"}`,
          ...["[]", "null", "1", '{"__proto__":{"socket_id":"1.2","channel_name":"presence-online-users"}}'],
        ].map((body) => ({
          name: body,
          call: { ...auth(""), headers: { ...credentials(), "content-type": "application/json" }, body },
          ...invalid,
        })),
      ];
      const faults: string[] = [];
      for (const [index, one] of cases.entries()) faults.push(...(await findFaults(portal, one, index)));
      expect(faults).toEqual([]);
    });
  }
}

test("a message of 5,000 four-byte characters arrives in full, and a broadcast too large for a frame is truncated", async () => {
  const { me, bearer } = getWorld();
  const administration = urlOf("administration");
  const headers = { authorization: bearer.me };
  const channel = `private-App.Models.User.${me.id}`;
  const sign = async (socket_id: string): Promise<string> => {
    const response = await fetch(`${administration}/broadcasting/auth`, {
      method: "POST",
      headers,
      body: new URLSearchParams({ socket_id, channel_name: channel }),
    });
    return ((await response.json()) as { auth: string }).auth;
  };
  const [appKey = ""] = (await sign(SOCKET)).split(":");
  const listener = await listen(channel, appKey, sign);
  const message = "😀".repeat(5_000);
  const titre = `Longue ${me.id}`;
  const sent = await send(administration, {
    method: "POST",
    path: "/api/notifications/send",
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify({ user_id: me.id, type: "essai", titre, message }),
  });
  expect(sent.status, sent.text).toBe(201);
  const { id } = (sent.json as { data: { id: string } }).data;

  const read = await send(administration, { path: `/api/notifications/${id}`, headers });
  expect((read.json as { data: { message: string } }).data.message === message).toBe(true);

  const name = "Illuminate\\Notifications\\Events\\BroadcastNotificationCreated";
  const event = (await listener.event(name)) as { id: string; message: string; truncated: boolean };
  listener.close();
  expect(event).toMatchObject({ id, truncated: true });
  expect(event.message.length).toBeGreaterThan(500);
  expect(/^(?:😀)+$/u.test(event.message), "cut between characters").toBe(true);
  expect(Buffer.byteLength(JSON.stringify(event))).toBeLessThan(9_000);

  await waitForDeliveries(getWorld());
  const mail = await mailTo(me.email, titre);
  const count = (text: string) => text.split("😀").length - 1;
  expect(count(mail.text)).toBe(5_000);
});
