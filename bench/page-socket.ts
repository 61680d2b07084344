import { channelAuthorizationPath, socketSignInPath } from "@mgs/realtime/links";
import Pusher from "pusher-js";
import type { TestBrowser } from "../packages/oidc/src/testing/browser";
import type { World } from "./world";

/** Makes the socket of a page that a browser has open at a portal: pusher-js, which asks the portal for each of its channels. */
export function createPageSocket(
  { instance: { urls, ports } }: World,
  browser: TestBrowser,
  portal: keyof World["instance"]["urls"],
): Pusher {
  const authorize = async <T>(path: string, fields: Record<string, string>): Promise<T> => {
    const body = new URLSearchParams(fields);
    const headers = { origin: urls[portal], accept: "application/json" };
    const response = await browser.request(`${urls[portal]}${path}`, { method: "POST", headers, body });
    if (!response.ok) throw new Error(`${path} was answered ${response.status}: ${await response.text()}`);
    return response.json() as Promise<T>;
  };
  return new Pusher("mgs-key", {
    cluster: "",
    enableStats: false,
    enabledTransports: ["ws"],
    forceTLS: false,
    wsHost: "127.0.0.1",
    wsPort: ports.realtime ?? 0,
    channelAuthorization: {
      transport: "ajax",
      endpoint: "",
      customHandler: ({ socketId, channelName }, callback) =>
        void authorize<{ auth: string }>(channelAuthorizationPath(), {
          socket_id: socketId,
          channel_name: channelName,
        }).then(
          (data) => callback(null, data),
          (error: Error) => callback(error, null),
        ),
    },
    userAuthentication: {
      transport: "ajax",
      endpoint: "",
      customHandler: ({ socketId }, callback) =>
        void authorize<{ auth: string; user_data: string }>(socketSignInPath(), { socket_id: socketId }).then(
          (data) => callback(null, data),
          (error: Error) => callback(error, null),
        ),
    },
  });
}

/** The `Cookie` header of a browser's requests to a path. */
export function cookieOf(browser: TestBrowser, path: string): string {
  return Object.entries(browser.cookies(path))
    .map(([name, value]) => `${name}=${value}`)
    .join("; ");
}
