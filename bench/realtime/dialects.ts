import { createHmac } from "node:crypto";

/** The app of the throw-away server. */
export const APP = { id: "bench", key: "bench-key", secret: "bench-secret" };

/** The protocol by which a client of one server subscribes. */
export type Dialect = {
  path(channel: string): string;
  /** Returns the answer to a text, or `ready` when the client is subscribed. It is called until then. */
  answer(text: string, channel: string): { send?: string; ready?: boolean };
  /** True when the server's greeting is already the subscription. */
  readyAtOpen?: boolean;
};

export const DIALECTS = {
  pusher: {
    path: () => `/app/${APP.key}?protocol=7&client=bench&version=1`,
    answer(text, channel) {
      if (text.includes("subscription_succeeded")) return { ready: true };
      const socketId = /socket_id\\":\\"([\d.]+)/.exec(text)?.[1];
      if (socketId === undefined) return {};
      const auth = createHmac("sha256", APP.secret).update(`${socketId}:${channel}`).digest("hex");
      const data = channel.startsWith("private-") ? { channel, auth: `${APP.key}:${auth}` } : { channel };
      return { send: JSON.stringify({ event: "pusher:subscribe", data }) };
    },
  },
  /** The floor sends "ready" when the client is in the channel of its path. */
  naive: {
    path: (channel) => `/${channel}`,
    answer: (text) => (text === "ready" ? { ready: true } : {}),
  },
  "socket.io": {
    path: () => "/socket.io/?EIO=4&transport=websocket",
    answer(text, channel) {
      if (text.startsWith("0")) return { send: "40" };
      if (text.startsWith("40")) return { send: `42["subscribe","${channel}"]` };
      if (text.startsWith('42["ready"')) return { ready: true };
      return text === "2" ? { send: "3" } : {};
    },
  },
  /** Dialect of Socket.IO 2, with a public channel that it joins without an answer. */
  "laravel-echo-server": {
    path: () => "/socket.io/?EIO=3&transport=websocket",
    answer(text, channel) {
      if (text.startsWith("40")) return { send: `42["subscribe",{"channel":"${channel}"}]`, ready: true };
      return {};
    },
  },
} satisfies Record<string, Dialect>;

export type DialectName = keyof typeof DIALECTS;
