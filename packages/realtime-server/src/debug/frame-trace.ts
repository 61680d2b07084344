import type { Logger } from "@mgs/core/logger";
import type { Transport } from "../hub/transport";
import { maskFrame } from "./mask-frame";

/** Logs the frames of one connection. */
export type FrameTrace = {
  incoming(text: string): void;
  /** Wraps a transport so that its outgoing frames are logged. */
  outgoing(transport: Transport): Transport;
};

/** Logs every frame with its connection, secrets masked, at level info: the setting `debug` alone turns it on. */
export function createFrameTrace(logger: Logger): (socketId: string, appId: string) => FrameTrace {
  return (socketId, appId) => {
    const log = logger.child({ socketId, appId });
    return {
      incoming: (text) => log.info({ frame: maskFrame(text) }, "frame in"),
      outgoing: (transport) => ({
        get isOpen() {
          return transport.isOpen;
        },
        get unsentBytes() {
          return transport.unsentBytes;
        },
        write(frames) {
          for (const { payload } of frames) log.info({ frame: maskFrame(payload.toString()) }, "frame out");
          transport.write(frames);
        },
        close(reason) {
          log.info({ closeCode: reason.code, reason: reason.message }, "close out");
          transport.close(reason);
        },
        pause: () => transport.pause(),
        resume: () => transport.resume(),
        terminate: () => transport.terminate(),
      }),
    };
  };
}
