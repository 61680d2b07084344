import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** A proxy before Redis on which a test sees each command before Redis does. */
export type RedisRelay = {
  readonly url: string;
  /** Ends all connections and accepts no more: for Redis, the client of this proxy has died. */
  cut(): void;
};

/**
 * Ends with the test.
 * @param redisUrl of one server
 * @param before called with each command; Redis gets it when this has resolved, and not at all after `cut`
 */
export async function createRedisRelay(
  redisUrl: string,
  before: (command: readonly Buffer[], relay: RedisRelay) => Promise<void> | void,
): Promise<RedisRelay> {
  const target = new URL(redisUrl);
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((client) => {
    const redis = connect(Number(target.port), target.hostname);
    for (const socket of [client, redis]) {
      sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        sockets.delete(socket);
        client.destroy();
        redis.destroy();
      });
    }
    redis.pipe(client);
    if (isCut) client.destroy();
    else void forward(client, redis);
  });
  async function forward(client: Socket, redis: Socket): Promise<void> {
    try {
      for await (const { command, bytes } of commandsOf(client)) {
        await before(command, relay);
        if (!isCut) redis.write(bytes);
      }
    } catch {
      // The connection was closed in the middle of a command.
    }
  }
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = new URL(redisUrl);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const relay: RedisRelay = {
    url: url.href,
    cut() {
      isCut = true;
      for (const socket of sockets) socket.destroy();
    },
  };
  onTestFinished(() => {
    relay.cut();
    server.close();
  });
  return relay;
}

type SentCommand = { command: Buffer[]; bytes: Buffer };

/** Parses the commands of a client: arrays of bulk strings (RESP). */
async function* commandsOf(client: Socket): AsyncGenerator<SentCommand> {
  let received: Buffer = Buffer.alloc(0);
  for await (const chunk of client) {
    received = Buffer.concat([received, chunk as Buffer]);
    for (let first = readCommand(received); first !== undefined; first = readCommand(received)) {
      received = received.subarray(first.bytes.length);
      yield first;
    }
  }
}

/** @returns undefined when it has not come whole */
function readCommand(received: Buffer): SentCommand | undefined {
  let position = 0;
  const readNumber = (): number | undefined => {
    const end = received.indexOf("\r\n", position);
    if (end === -1) return undefined;
    const number = Number(received.toString("latin1", position + 1, end));
    position = end + 2;
    return number;
  };
  const count = readNumber();
  if (count === undefined) return undefined;
  const command: Buffer[] = [];
  for (let index = 0; index < count; index++) {
    const length = readNumber();
    if (length === undefined || received.length < position + length + 2) return undefined;
    command.push(received.subarray(position, position + length));
    position += length + 2;
  }
  return { command, bytes: received.subarray(0, position) };
}
