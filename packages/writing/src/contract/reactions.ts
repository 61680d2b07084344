/** What people may answer a text with in one sign. */
export const REACTIONS = ["👍", "❤️", "🎉", "👀", "✅", "🙏"] as const;
export type Reaction = (typeof REACTIONS)[number];

/** Who has answered with which sign, as clients show it. */
export function groupReactions(
  reactions: readonly { userId: number; emoji: string }[],
): { emoji: string; user_ids: number[] }[] {
  const byEmoji = Map.groupBy(reactions, ({ emoji }) => emoji);
  return [...byEmoji].map(([emoji, all]) => ({ emoji, user_ids: all.map(({ userId }) => userId) }));
}
