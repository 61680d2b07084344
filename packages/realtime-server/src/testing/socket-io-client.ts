import { io, type ManagerOptions, type Socket, type SocketOptions } from "socket.io-client";
import { onTestFinished } from "vitest";

export type SocketIoClient = {
  socket: Socket;
  /** The arguments of the next event of that name. */
  next(event: string): Promise<unknown[]>;
  /** Resolves when the server has read all that was sent before. */
  settled(): Promise<void>;
};

type Options = Partial<ManagerOptions & SocketOptions>;

/** A connected socket.io-client 4, which does not come back by itself. It ends with the test. */
export async function connectSocketIo(port: number, options: Options = {}): Promise<SocketIoClient> {
  const client = createSocketIoClient(port, options);
  await new Promise<void>((resolve, reject) => {
    client.socket.once("connect", resolve);
    client.socket.once("connect_error", reject);
  });
  return client;
}

export function createSocketIoClient(port: number, options: Options = {}): SocketIoClient {
  const socket = io(`http://127.0.0.1:${port}`, {
    ...{ transports: ["websocket"], reconnection: false, forceNew: true },
    ...options,
  });
  onTestFinished(() => void socket.disconnect());
  const next = (event: string): Promise<unknown[]> =>
    new Promise((resolve) => void socket.once(event, (...args: unknown[]) => resolve(args)));
  return {
    socket,
    next,
    async settled() {
      // Messages are handled in their order, and an invalid name is answered at once.
      const answered = next("subscription_error");
      socket.emit("subscribe", { channel: "no channel" });
      await answered;
    },
  };
}
