import type { Frame } from "../protocol/frames";

/** What concerns every process of a cluster. Sent once, received once by each, the sender included. */
export type HubMessage =
  | { kind: "channel-frame"; appId: string; channel: string; frame: Frame; exceptSocketId?: string | undefined }
  | { kind: "user-frame"; appId: string; userId: string; frame: Frame; exceptSocketId?: string | undefined }
  | { kind: "terminate-user"; appId: string; userId: string };

/** Carries hub messages between the processes of a cluster, in the order in which each sends them. */
export type Bus = {
  send(message: HubMessage): void;
  /** Called once, before the first `send`. */
  onMessage(receive: (message: HubMessage) => void): void;
};

/** The bus of one process alone: what is sent is received before `send` returns. */
export function createLocalBus(): Bus {
  let receiver: ((message: HubMessage) => void) | undefined;
  return {
    send: (message) => receiver?.(message),
    onMessage(receive) {
      receiver = receive;
    },
  };
}
