import type { Server } from "node:tls";
import type { Logger } from "@mgs/core/logger";
import { watchFiles } from "../files/watch-files";
import { loadCertificate, type TlsFiles } from "./certificate";

const POLL_MS = 2_000;

export type KeptCertificate = {
  /** @throws Error when certificate and key cannot be read or do not belong together */
  start(): Promise<void>;
  /** Loads the files; the current certificate stays when they are invalid. Never throws. */
  reload(): Promise<void>;
  stop(): void;
};

/** Loads a server's certificate, and reloads it when the files change. Open connections keep the old one. */
export function createCertificateReload(
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
