import Pusher from "pusher";
import { onTestFinished } from "vitest";
import type { AppDefinition } from "../apps";
import type { Limits } from "../limits";
import type { RealtimeServerOptions } from "../options";
import { createRealtimeServer, type RealtimeServer } from "../server";

export const APP = { id: "mgs", key: "mgs-key", secret: "mgs-secret" };

export type TestServer = { server: RealtimeServer; port: number; publisher: Pusher; app: typeof APP };

type Setup = {
  app?: typeof APP;
  limits?: Partial<Limits>;
  settings?: Partial<AppDefinition>;
  options?: Partial<RealtimeServerOptions>;
};

/** A server on a free port that ends with the test, and the real server library pointed at it. */
export async function startServer({
  app = APP,
  limits = {},
  settings = {},
  options = {},
}: Setup = {}): Promise<TestServer> {
  const server = createRealtimeServer({
    apps: [{ id: app.id, keys: [{ key: app.key, secret: app.secret }], ...settings }],
    limits: { closeGraceMs: 500, ...limits },
    ...options,
  });
  await server.listen(0);
  onTestFinished(() => server.close());
  return { server, port: server.port, publisher: createPublisher(app, server.port), app };
}

export function createPublisher(app: typeof APP, port: number): Pusher {
  return new Pusher({
    appId: app.id,
    key: app.key,
    secret: app.secret,
    host: "127.0.0.1",
    port: String(port),
    useTLS: false,
  });
}
