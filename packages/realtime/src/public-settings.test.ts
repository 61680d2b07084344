import { describe, expect, it } from "vitest";
import { pusherEnv } from "./env";
import { publicPusherSettings } from "./public-settings";

const credentials = { PUSHER_APP_ID: "1", PUSHER_APP_KEY: "key", PUSHER_APP_SECRET: "secret" };
const settings = (env: Record<string, string>) => publicPusherSettings(pusherEnv.parse({ ...credentials, ...env }));

describe("what pages are told of the Pusher server", () => {
  it("hosted Pusher goes by its cluster", () => {
    expect(settings({ PUSHER_APP_CLUSTER: "eu" })).toEqual({
      key: "key",
      cluster: "eu",
      host: null,
      port: null,
      tls: true,
    });
  });

  it("a server of one's own goes by the address the apps use", () => {
    expect(settings({ PUSHER_HOST: "127.0.0.1", PUSHER_PORT: "6001", PUSHER_SCHEME: "http" })).toMatchObject({
      host: "127.0.0.1",
      port: 6001,
      tls: false,
    });
  });

  it("a public address wins, and the inner port does not leak into it", () => {
    const inner = { PUSHER_HOST: "realtime", PUSHER_PORT: "6001", PUSHER_SCHEME: "http" };
    expect(settings({ ...inner, PUSHER_PUBLIC_HOST: "ws.example.mg", PUSHER_PUBLIC_SCHEME: "https" })).toMatchObject({
      host: "ws.example.mg",
      port: null,
      tls: true,
    });
    expect(settings({ ...inner, PUSHER_PUBLIC_PORT: "8443" })).toMatchObject({ host: "realtime", port: 8443 });
  });

  it("never carries the secret", () => {
    expect(JSON.stringify(settings({}))).not.toContain("secret");
  });
});
