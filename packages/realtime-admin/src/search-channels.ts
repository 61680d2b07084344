import type { Actor } from "@mgs/core/actor";
import { validate } from "@mgs/core/validate";
import type { Publisher } from "@mgs/realtime/server";
import { z } from "zod";
import { translateFailure } from "./ask-server";
import { type ChannelKind, channelInfo, channelKind, parseAnswer, readWithInfo } from "./channel";
import { requirePermission } from "./permissions";

/** A channel with a subscriber; counts are null where the server does not have them. */
export type ChannelSummary = {
  name: string;
  kind: ChannelKind;
  subscriptions: number | null;
  /** Distinct people; presence channels alone have them. */
  users: number | null;
};
export type ChannelSearch = {
  /** The busiest first, then by name. */
  channels: ChannelSummary[];
  /** The number of matches, also beyond the limit. */
  total: number;
};

const MAX_CHANNELS = 1_000;
const PRESENCE = "presence-";

const searchInput = z.strictObject({
  prefix: z
    .string()
    .regex(/^[\w\-=@,.;]{0,200}$/, { error: "INVALID_CHANNEL" })
    .default(""),
  limit: z.number().int().min(1).max(MAX_CHANNELS).default(100),
});
const list = z.object({ channels: z.record(z.string(), channelInfo) });

/**
 * Finds the occupied channels whose names begin with a text.
 * @param input.limit at most 1,000, unless said otherwise 100
 * @throws AppError FORBIDDEN unless an administrator asks; VALIDATION_ERROR, REALTIME_AWAY, REALTIME_REFUSED
 */
export async function searchChannels(
  deps: { publisher: Publisher },
  actor: Actor,
  input: z.input<typeof searchInput>,
): Promise<ChannelSearch> {
  requirePermission(actor, "channels.read");
  const { prefix, limit } = validate(searchInput, input);
  const found = await listChannels(deps.publisher, prefix);
  // Servers count people only for a search among presence channels.
  if (!prefix.startsWith(PRESENCE) && PRESENCE.startsWith(prefix)) {
    const present = await listChannels(deps.publisher, PRESENCE);
    for (const [name, summary] of present) found.set(name, summary);
  }
  const channels = [...found.values()].sort(
    (a, b) => (b.subscriptions ?? b.users ?? 0) - (a.subscriptions ?? a.users ?? 0) || (a.name < b.name ? -1 : 1),
  );
  return { channels: channels.slice(0, limit), total: channels.length };
}

/** Lists occupied channels by name. @throws AppError REALTIME_AWAY, REALTIME_REFUSED */
export async function listChannels(publisher: Publisher, prefix: string): Promise<Map<string, ChannelSummary>> {
  const info = prefix.startsWith(PRESENCE) ? "subscription_count,user_count" : "subscription_count";
  const params: Record<string, string> = prefix === "" ? {} : { filter_by_prefix: prefix };
  const answer = parseAnswer(list, await translateFailure(readWithInfo(publisher, "/channels", params, info)));
  return new Map(
    Object.entries(answer.channels).map(([name, counts]) => [
      name,
      {
        name,
        kind: channelKind(name),
        subscriptions: counts.subscription_count ?? null,
        users: counts.user_count ?? null,
      },
    ]),
  );
}
