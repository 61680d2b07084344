import Echo from "laravel-echo";
import { io as io4 } from "socket.io-client";
import io2 from "socket.io-client-2";
import { io as io3 } from "socket.io-client-3";
import { onTestFinished } from "vitest";

const CLIENTS = { 2: io2, 3: io3, 4: io4 } as const;
const VERSIONS = [2, 3, 4] as const;
const TRANSPORTS = ["websocket", "polling"] as const;

/** Each version of socket.io-client, by each of its transports. */
export const SOCKET_IO_KINDS = VERSIONS.flatMap((version) => TRANSPORTS.map((transport) => ({ version, transport })));
export type SocketIoKind = (typeof SOCKET_IO_KINDS)[number];

export type EchoClient = Echo<"socket.io">;

/**
 * laravel-echo as its documentation has it, with a version of socket.io-client. It ends with the test.
 * @param person as `answerMember` knows them: "7:Rado"
 */
export function createEcho(
  port: number,
  { version, transport }: SocketIoKind,
  { person = "1:Voahangy", ...options }: { person?: string; reconnection?: boolean; reconnectionDelay?: number } = {},
): EchoClient {
  const echo = new Echo({
    broadcaster: "socket.io",
    client: CLIENTS[version],
    host: `http://127.0.0.1:${port}`,
    auth: { headers: { Authorization: `Bearer ${person}` } },
    bearerToken: null,
    transports: [transport],
    forceNew: true,
    reconnection: false,
    ...options,
  } as unknown as ConstructorParameters<typeof Echo<"socket.io">>[0]);
  onTestFinished(() => echo.disconnect());
  return echo;
}

/** Resolves with what the first call of a listener of Echo says. */
export const hear = <T>(listen: (callback: (data: T) => void) => unknown): Promise<T> =>
  new Promise((resolve) => void listen(resolve));
