import { type Frame, prepareFrame } from "../protocol/frame";
import { isClientEvent } from "../protocol/frames";
import type { AppState, Arrival } from "./app-state";

/** The last event of a cache channel, or a later one that arrives while that is read. */
export async function readLastEvent(state: AppState, channel: string): Promise<Frame | undefined> {
  const { app, cluster } = state;
  const arrival: Arrival = { frame: undefined };
  state.arrivals.add(channel, arrival);
  const cached = await cluster.recall(app.id, channel);
  // It may still be on its way here as an event, and would come a second time.
  if (cached !== undefined) await cluster.settle(app.id, channel);
  state.arrivals.remove(channel, arrival);
  return arrival.frame ?? (cached && prepareFrame(cached.json));
}

/** Tells whoever reads a channel's last event just now that there is a later one. */
export function noteArrival(state: AppState, topic: string, frame: Frame): void {
  for (const arrival of state.arrivals.of(topic)) {
    if (!isClientEvent(frame)) arrival.frame = frame;
  }
}
