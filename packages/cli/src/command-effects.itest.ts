import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { sessionEnded } from "@mgs/identity/outbox-kinds";
import { checkPassword } from "@mgs/identity/password";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import { Redis } from "ioredis";
import PusherClient from "pusher-js";
import { describe, expect, it } from "vitest";
import { DEAD, PUSHER, useInstallation } from "./testing/use-installation";

const installation = useInstallation();
const { mgs } = installation;

describe("effects of commands", () => {
  it("reads a password from standard input, and has no option for one", async () => {
    await mgs(["user:password", "2", "--password"], { stdin: "a brand new password\r\nsecond line" });
    const account = await installation.test.database.user.findUniqueOrThrow({ where: { id: 2 } });
    expect(await checkPassword(account.passwordHash, "a brand new password")).toBe("right");
    expect(account.passwordMustChange).toBe(true);
    expect(await installation.test.database.userSession.count({ where: { endedAt: null } })).toBe(0);
  });

  it("ends sign-ins while Redis is away, and reports that it cannot read the queues", async () => {
    installation.override({ REDIS_URL: "redis://127.0.0.1:1" });
    expect(await mgs(["tokens:revoke", "--user", "2"])).toMatchObject({ code: 0 });
    expect(await installation.test.database.outbox.count({ where: { kind: "session.ended", state: "pending" } })).toBe(
      1,
    );
    const status = await mgs(["queue:status", "--json"]);
    expect(status.code).toBe(0);
    expect(JSON.parse(status.out)[1]).toMatchObject({ queue: "emails", outbox: { dead: 1 }, redis: null });
    expect(await mgs(["cache:clear"])).toMatchObject({ code: 1, err: "Redis does not answer" });
  });

  it("clears the counters of rate limits, and leaves the queues alone", async () => {
    const [ref] = await insertOutbox(installation.test.database, [
      sessionEnded.row({ payload: { user_session_id: "s", reason: "x" } }),
    ]);
    const admin = new Redis(installation.redis.url);
    const counters = { "mgs:sign-in:ip:1": 5, "mgs:sign-in:pair:x": 1, "mgs:send:user:user:1": 2 };
    await admin.mset({ ...counters, "mgs:second-factor:account:1": 3 });
    await mgs(["queue:retry", DEAD]);
    const kept = await admin.keys("bull:*");
    expect(kept.length).toBeGreaterThan(0);
    const cleared = await mgs(["cache:clear", "--json"]);
    expect(JSON.parse(cleared.out)).toEqual({ sign_in: 2, second_factor: 1, send: 1 });
    expect((await admin.keys("*")).sort()).toEqual(kept.sort());
    admin.disconnect();
    expect(ref).toBeDefined();
  });

  it.each([
    ["a server that is not there", { PUSHER_PORT: "1" }, /ws:\/\/127\.0\.0\.1:1/],
    ["a key that is not the server's", { PUSHER_APP_KEY: "other" }, /refuses/],
    ["a secret that is not the server's", { PUSHER_APP_SECRET: "other" }, /subscription was refused|answered 401/],
    ["a public address that leads nowhere", { PUSHER_PUBLIC_PORT: "1" }, /127\.0\.0\.1:1/],
  ])("realtime:test fails on %s", async (_what, wrong, complaint) => {
    installation.override(wrong);
    const { code, err } = await mgs(["realtime:test", "--timeout", "8"]);
    expect(err).toMatch(complaint);
    expect(code).toBe(1);
  });

  it.each(["stats", "channels", "publish news mgs.test {}", "disconnect 2"])(
    "realtime:%s says when the server is away, and when it refuses",
    async (command) => {
      const args = `realtime:${command}`.split(" ");
      installation.override({ PUSHER_PORT: "1" });
      expect(await mgs(args)).toMatchObject({ code: 1, err: "The realtime server does not answer." });
      installation.override({ PUSHER_APP_SECRET: "other" });
      const refused = await mgs([...args, "--json"]);
      expect(refused).toMatchObject({ code: 1, err: "The realtime server refused the request." });
      expect(JSON.parse(refused.out)).toMatchObject({ success: false, error: { code: "REALTIME_REFUSED" } });
    },
  );

  it("lists channels, and publishes an event that arrives", async () => {
    const client = new PusherClient(PUSHER.PUSHER_APP_KEY, {
      cluster: "",
      wsHost: "127.0.0.1",
      wsPort: installation.realtime.port,
      forceTLS: false,
      enabledTransports: ["ws"],
    });
    const channel = client.subscribe("news");
    await new Promise((resolve) => channel.bind("pusher:subscription_succeeded", resolve));
    const arrived = new Promise((resolve) => channel.bind("mgs.test", resolve));
    expect((await mgs(["realtime:publish", "news", "mgs.test", '{ "a": [1] }'])).out).toBe(
      "sent to news: 1 subscribers",
    );
    expect(await arrived).toEqual({ a: [1] });
    expect((await mgs(["realtime:channels", "ne"])).out).toMatch(/^CHANNEL .*\nnews +public +1 +-$/);
    client.disconnect();
    await expect.poll(async () => (await mgs(["realtime:channels"])).out).toBe("none");
    const audited = await installation.test.database.auditEvent.findMany();
    expect(audited).toMatchObject([{ actor: "system:cli", action: "realtime.event-sent", subject: "news" }]);
  });

  it("reports that a Pusher server of another make has no statistics", async () => {
    const foreign = createServer((_request, response) => response.writeHead(404).end());
    await new Promise<void>((resolve) => foreign.listen(0, "127.0.0.1", resolve));
    installation.override({ PUSHER_PORT: String((foreign.address() as AddressInfo).port) });
    expect(await mgs(["realtime:stats"])).toMatchObject({ code: 1, err: expect.stringContaining("another server") });
    foreign.closeAllConnections();
    await new Promise((resolve) => foreign.close(resolve));
  });

  it("prints colours on a terminal only", async () => {
    await mgs(["queue:pause", "emails"]);
    expect((await mgs(["queue:status"])).out).not.toContain("\u001b[");
    expect((await mgs(["queue:status"], { colours: true })).out).toContain("\u001b[33mpaused by system:cli");
  });
});
