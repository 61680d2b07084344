import { type Frame, prepareFrame } from "../protocol/frame";
import { isClientEvent } from "../protocol/frames";
import type { AppState, PendingLastEventRead } from "./app-state";

/** Reads the last event of a cache channel; a newer event that arrives meanwhile replaces it. */
export async function readLastEvent(state: AppState, channel: string): Promise<Frame | undefined> {
  const { app, cluster } = state;
  const read: PendingLastEventRead = { newerFrame: undefined };
  state.pendingLastEventReads.add(channel, read);
  const cached = await cluster.getLastEvent(app.id, channel);
  // The event may still be on its way here as a message, and would be sent a second time.
  if (cached !== undefined) await cluster.waitForDelivery(app.id, channel);
  state.pendingLastEventReads.remove(channel, read);
  return read.newerFrame ?? (cached && prepareFrame(cached.json));
}

/** Hands a newer event to the reads of a channel's last event that are under way. */
export function overridePendingReads(state: AppState, topic: string, frame: Frame): void {
  for (const read of state.pendingLastEventReads.of(topic)) {
    if (!isClientEvent(frame)) read.newerFrame = frame;
  }
}
