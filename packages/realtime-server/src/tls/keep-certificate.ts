import type { Server } from "node:tls";
import type { Logger } from "@mgs/core/logger";
import { watchFiles } from "../files/watch-files";
import { loadCertificate, type TlsFiles } from "./certificate";

const POLL_MS = 2_000;

export type KeptCertificate = {
  /** @throws Error when certificate and key cannot be read or do not belong together */
  start(): Promise<void>;
  /** Takes over what the files have now; the one before stays when they are of no use. Never throws. */
  reload(): Promise<void>;
  stop(): void;
};

/** Gives a server its certificate, and a new one when the files change. Who is connected stays, with the old one. */
export function keepCertificate(
  server: Server,
  files: TlsFiles,
  { logger, pollMs = POLL_MS }: { logger: Logger; pollMs?: number | undefined },
): KeptCertificate {
  let stopWatching = (): void => undefined;

  async function reload(): Promise<void> {
    try {
      server.setSecureContext(await loadCertificate(files));
      logger.info({ cert: files.cert }, "certificate reloaded");
    } catch (error) {
      // Also between the two writes of a renewal, when certificate and key do not belong together.
      logger.error({ err: error, cert: files.cert }, "certificate could not be reloaded; the one before stays");
    }
  }

  return {
    async start() {
      server.setSecureContext(await loadCertificate(files));
      stopWatching = watchFiles([files.cert, files.key], pollMs, () => void reload());
    },
    reload,
    stop: () => stopWatching(),
  };
}
