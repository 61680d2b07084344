import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** One address whose new connections go to a server of the test's choice, as a virtual address or a name does. */
export type TcpSwitch = {
  readonly port: number;
  /** Connections that are open go on where they are. */
  switchTo(port: number): void;
  /** Connections that are open now, a number for each port that they lead to. */
  counts(): Record<number, number>;
  close(): void;
};

/**
 * @param target port on 127.0.0.1
 * @param rewrite changes what servers say, for a test of those that say less
 */
export async function createTcpSwitch(target: number, rewrite?: (said: Buffer) => Buffer): Promise<TcpSwitch> {
  let current = target;
  const open = new Map<Socket, number>();
  const server = createServer((client) => {
    const port = current;
    const upstream = connect(port, "127.0.0.1");
    open.set(client, port);
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      socket.on("error", () => undefined);
      socket.on("close", () => {
        open.delete(client);
        other.destroy();
      });
    }
    client.pipe(upstream);
    if (rewrite) upstream.on("data", (said: Buffer) => client.write(rewrite(said)));
    else upstream.pipe(client);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    switchTo(port) {
      current = port;
    },
    counts() {
      const counts: Record<number, number> = {};
      for (const port of open.values()) counts[port] = (counts[port] ?? 0) + 1;
      return counts;
    },
    close() {
      server.close();
      for (const socket of open.keys()) socket.destroy();
    },
  };
}
