import { publicPusherSettings } from "@mgs/realtime/public-settings";
import PusherJs from "pusher-js";
import { type Check, type Finding, fail, ok } from "../check";

const ADVICE =
  "Browsers connect to PUSHER_PUBLIC_HOST, _PORT and _SCHEME (else PUSHER_HOST): let the proxy pass WebSockets on to the realtime server.";

/** pusher-js reports "unavailable" after this time of attempts. */
const UNAVAILABLE_TIMEOUT_MS = 8_000;

/** Opens a WebSocket to the pages' address, with the library that they use. */
export const realtimePublic: Check = {
  name: "realtime-public",
  title: "Realtime, public address",
  advice: ADVICE,
  addresses({ common }) {
    const { host, port, tls } = publicPusherSettings(common);
    return tls && host !== null ? [`wss://${host}:${port ?? 443}`] : [];
  },
  async run({ common }, signal) {
    const { key, cluster, host, port, tls } = publicPusherSettings(common);
    const client = new PusherJs(key, {
      cluster,
      forceTLS: tls,
      enabledTransports: ["ws", "wss"],
      disableStats: true,
      unavailableTimeout: UNAVAILABLE_TIMEOUT_MS,
      ...(host === null ? {} : { wsHost: host }),
      ...(port === null ? {} : { wsPort: port, wssPort: port }),
    });
    const address = `${tls ? "wss" : "ws"}://${host ?? `cluster ${cluster}`}${port === null ? "" : `:${port}`}`;
    try {
      return await new Promise<Finding>((resolve) => {
        client.connection.bind("connected", () => resolve(ok(address)));
        // "failed" is final. pusher-js repeats a connection that fails until the time is up.
        client.connection.bind("failed", () => resolve(fail(`${address} cannot be used`, ADVICE)));
        client.connection.bind("error", (error: unknown) => {
          const code = readCloseCode(error);
          if (code !== undefined)
            resolve(fail(`${address} refuses connections (${code})`, "PUSHER_APP_KEY has to be the server's own."));
          else resolve(fail(`${address} cannot be reached`, ADVICE));
        });
        client.connection.bind("unavailable", () => resolve(fail(`${address} cannot be reached`, ADVICE)));
        signal.addEventListener("abort", () => resolve(fail(`${address} does not answer`, ADVICE)), { once: true });
      });
    } finally {
      client.disconnect();
    }
  },
};

/** Reads the close code of Pusher's protocol, 4000 to 4299, from an error. */
function readCloseCode(error: unknown): number | undefined {
  const data: unknown = typeof error === "object" && error !== null ? Reflect.get(error, "data") : undefined;
  const code: unknown = typeof data === "object" && data !== null ? Reflect.get(data, "code") : undefined;
  return typeof code === "number" && code >= 4_000 && code < 4_300 ? code : undefined;
}
