import type { AppDefinition } from "../apps";
import type { RealtimeEnv } from "../env";
import type { SocketIoOptions } from "../socket-io/options";
import type { ConfigFile } from "./file-schema";

/** Laravel's own. */
const DEFAULT_AUTH_ENDPOINT = "/broadcasting/auth";

/** `REALTIME_SOCKET_IO` turns it on or off; without it, `socketIo` in the file turns it on. */
export function readSocketIo(
  env: RealtimeEnv,
  { socketIo: file }: ConfigFile,
  apps: readonly AppDefinition[],
  problems: string[],
): SocketIoOptions | undefined {
  if (!(env.REALTIME_SOCKET_IO ?? file !== undefined)) return undefined;
  const appId = env.REALTIME_SOCKET_IO_APP_ID ?? file?.appId ?? apps[0]?.id;
  const hosts = env.REALTIME_SOCKET_IO_AUTH_HOST ?? [file?.authHost ?? []].flat();
  if (appId === undefined) problems.push("REALTIME_SOCKET_IO_APP_ID: is required where apps are in a database");
  if (hosts.length === 0) problems.push("REALTIME_SOCKET_IO_AUTH_HOST: is required with REALTIME_SOCKET_IO");
  if (appId === undefined) return undefined;
  const milliseconds = (seconds: number | undefined) => (seconds === undefined ? undefined : seconds * 1_000);
  return {
    appId,
    authorization: {
      hosts,
      endpoint: env.REALTIME_SOCKET_IO_AUTH_ENDPOINT ?? file?.authEndpoint ?? DEFAULT_AUTH_ENDPOINT,
    },
    httpKey: env.REALTIME_SOCKET_IO_HTTP_KEY ?? file?.httpKey,
    path: file?.path,
    pingIntervalMs: milliseconds(file?.pingIntervalSeconds),
    pingTimeoutMs: milliseconds(file?.pingTimeoutSeconds),
  };
}
