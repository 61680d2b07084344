import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Actor } from "@mgs/core/actor";
import { userChannel } from "@mgs/realtime/names";
import { describe, expect, it, onTestFinished } from "vitest";
import { findChannelOwners } from "./channel-owners";
import { disconnectPerson } from "./disconnect-person";
import { countPersonConnections } from "./person-connections";
import { readStatistics } from "./read-statistics";
import { searchChannels } from "./search-channels";
import { sendTestEvent } from "./send-test-event";
import { showChannel } from "./show-channel";
import { ADMIN, audited, deps, publisherAt, SYSTEM, server, useStage } from "./testing/stage";

const REFUSED: readonly Actor[] = [
  { ...ADMIN, role: "direction" },
  { ...ADMIN, clientId: "erp" },
  { kind: "client", clientId: "erp", scopes: ["notifications:send"] },
];

useStage();

it.each(REFUSED)("another actor than an administrator is refused everything: %#", async (actor) => {
  const data = { channel: "news", event: "mgs.test", data: "{}" };
  for (const attempt of [
    () => readStatistics(deps(), actor),
    () => searchChannels(deps(), actor, {}),
    () => showChannel(deps(), actor, { channel: "news" }),
    () => countPersonConnections(deps(), actor, { userId: 2 }),
    () => findChannelOwners(deps(), actor, { channels: [userChannel(2)] }),
    () => sendTestEvent(deps(), actor, data),
    () => disconnectPerson(deps(), actor, { userId: 2 }),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ code: "FORBIDDEN" });
  }
  expect(await audited()).toEqual([]);
});

describe("servers", () => {
  /** Starts a server that gives these answers. */
  async function stub(answer: (path: string, query: URLSearchParams) => [status: number, body: unknown]) {
    const http = createServer((request, response) => {
      const url = new URL(request.url ?? "", "http://stub");
      const [status, body] = answer(url.pathname.replace("/apps/mgs", ""), url.searchParams);
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
    onTestFinished(async () => {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    });
    return publisherAt((http.address() as AddressInfo).port);
  }

  it("that are away say so", async () => {
    const to = deps(publisherAt(1));
    await expect(readStatistics(to, SYSTEM)).rejects.toMatchObject({ code: "REALTIME_AWAY" });
    await expect(searchChannels(to, SYSTEM, {})).rejects.toMatchObject({ code: "REALTIME_AWAY" });
    await expect(disconnectPerson(to, SYSTEM, { userId: 2 })).rejects.toMatchObject({ code: "REALTIME_AWAY" });
    expect(await audited()).toEqual([]);
  });

  it("that do not know our secret refuse", async () => {
    const to = deps(publisherAt(server.port, "other"));
    await expect(readStatistics(to, SYSTEM)).rejects.toMatchObject({ code: "REALTIME_REFUSED" });
    await expect(showChannel(to, SYSTEM, { channel: "a" })).rejects.toMatchObject({ code: "REALTIME_REFUSED" });
  });

  it("of other makers have no statistics, and may not count subscriptions; the rest goes on", async () => {
    const to = deps(
      await stub((path, query) => {
        if (path === "/stats") return [404, {}];
        if (query.get("info")?.includes("subscription_count")) return [400, {}];
        return path === "/channels" ? [200, { channels: { news: {} } }] : [200, { occupied: true }];
      }),
    );
    expect(await readStatistics(to, SYSTEM)).toBeNull();
    expect(await searchChannels(to, SYSTEM, {})).toEqual({
      channels: [{ name: "news", kind: "public", subscriptions: null, users: null }],
      total: 1,
    });
    expect(await showChannel(to, SYSTEM, { channel: "news" })).toMatchObject({
      occupied: true,
      subscriptions: null,
    });
  });

  it("with less room than others refuse data at its field", async () => {
    const to = deps(await stub((path) => (path === "/events" ? [413, {}] : [200, { occupied: false }])));
    await expect(sendTestEvent(to, SYSTEM, { channel: "news", event: "mgs.test", data: "{}" })).rejects.toMatchObject({
      code: "VALIDATION_ERROR",
      details: [{ path: "data", message: "TOO_LONG" }],
    });
  });
});
