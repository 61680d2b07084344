import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** An address whose new connections go to a server that the test chooses, as a virtual IP address does. */
export type TcpSwitch = {
  readonly port: number;
  /** Sends new connections to this port; open connections stay where they are. */
  switchTo(port: number): void;
  /** Counts the open connections by the port that they lead to. */
  counts(): Record<number, number>;
  close(): void;
};

/**
 * Opens a switch.
 * @param target port on 127.0.0.1
 * @param rewrite changes the bytes that servers send, to imitate servers that behave differently
 */
export async function createTcpSwitch(target: number, rewrite?: (sent: Buffer) => Buffer): Promise<TcpSwitch> {
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
    if (rewrite) upstream.on("data", (sent: Buffer) => client.write(rewrite(sent)));
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
