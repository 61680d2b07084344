import { z } from "zod";
import type { AppLimits, Limits } from "../limits";

const count = z.number().int().positive();
const countOrNone = z.number().int().min(0);

/** The limits an app may have of its own, as files and rows of a database name them. */
export const appLimitFields = {
  maxAppConnections: count,
  maxEventBytes: count,
  maxEventNameLength: count,
  maxChannelsPerEvent: count,
  maxEventsPerBatch: count,
  maxEventsPerSecond: countOrNone,
  maxClientEventsPerSecond: count,
  maxPresenceMembers: count,
  maxMemberBytes: count,
  maxUserIdLength: count,
  maxSubscriptionsPerConnection: count,
  maxWatchlist: count,
} satisfies Record<keyof AppLimits, z.ZodType>;

type InSeconds<Name extends string> = Name extends `${infer Stem}Ms` ? `${Stem}Seconds` : Name;

/** Every limit; people write times in seconds. */
export const limitFields = {
  ...appLimitFields,
  activityTimeoutSeconds: z.number().positive(),
  pongTimeoutSeconds: z.number().positive(),
  maxFrameBytes: count,
  maxUnsentBytes: count,
  maxConnections: count,
  maxConnectionsPerAddress: count,
  maxMessagesPerSecond: count,
  maxHttpBodyBytes: count,
  drainDelaySeconds: z.number().min(0),
  closeGraceSeconds: z.number().min(0),
} satisfies Record<InSeconds<keyof Limits>, z.ZodType>;

/** Names of limits as people write them. */
export type LimitName = keyof typeof limitFields;
export type WrittenLimits = { [Name in LimitName]?: number | undefined };

const written = z.partialRecord(z.string(), z.number().optional());

/** Converts written limits to those of the server: seconds become milliseconds, unset names are left out. */
export function toLimits(limits: WrittenLimits): Partial<Limits> {
  const entries = Object.entries(written.parse(limits)).flatMap(([name, value]) => {
    if (value === undefined) return [];
    return name.endsWith("Seconds") ? [[name.replace(/Seconds$/, "Ms"), value * 1_000]] : [[name, value]];
  });
  return Object.fromEntries(entries);
}

/** `REALTIME_MAX_EVENT_BYTES` for `maxEventBytes`. */
export function limitVariable(name: string): string {
  return `REALTIME_${name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}
