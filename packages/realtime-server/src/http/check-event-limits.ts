import type { App } from "../apps";
import type { Hub } from "../hub/hub";
import { problem, type Reply } from "./reply";

/** @returns the 413 for event data over the limit */
export function checkDataSize(data: string, app: App): Reply | undefined {
  const { maxEventBytes } = app.limits;
  if (Buffer.byteLength(data) <= maxEventBytes) return undefined;
  return problem(413, `The data content of this event exceeds the allowed maximum (${maxEventBytes} bytes)`);
}

/** @param count one for each event and channel @returns the 429 for an app over its events a second */
export function checkPublishRate(hub: Hub, app: App, count: number): Reply | undefined {
  if (hub.countPublished(app, count)) return undefined;
  const refusal = problem(429, `The app may publish ${app.limits.maxEventsPerSecond} events a second`);
  return { ...refusal, headers: { "retry-after": "1" } };
}
