"use client";
import { Button } from "@mgs/ui/button";
import { cn } from "@mgs/ui/cn";
import { REACTIONS } from "@mgs/writing/contract/reactions";
import { useState } from "react";
import { useTranslations } from "../intl";

type ReactionBarProps = {
  reactions: readonly { emoji: string; user_ids: readonly number[] }[];
  userId: number;
  /** Undefined: the reader may not answer. */
  onReact?: ((emoji: string, on: boolean) => void) | undefined;
};

/** The signs with which people have answered a text, each a button that adds or takes back one's own. The page needs the texts `comments`. */
export function ReactionBar({ reactions, userId, onReact }: ReactionBarProps) {
  const t = useTranslations("comments");
  const [choosing, setChoosing] = useState(false);
  const given = new Map(reactions.map(({ emoji, user_ids }) => [emoji, user_ids]));
  const shown = REACTIONS.filter((emoji) => choosing || given.has(emoji));
  return (
    <div className="flex flex-wrap items-center gap-1">
      {shown.map((emoji) => {
        const people = given.get(emoji) ?? [];
        const isOn = people.includes(userId);
        return (
          <button
            key={emoji}
            type="button"
            disabled={!onReact}
            aria-pressed={isOn}
            aria-label={people.length === 0 ? t("react", { emoji }) : t("reactions", { emoji, count: people.length })}
            onClick={() => {
              setChoosing(false);
              onReact?.(emoji, !isOn);
            }}
            className={cn(
              "inline-flex h-control-sm min-w-control-sm items-center justify-center gap-1 rounded-full border px-2 text-xs tabular-nums",
              isOn ? "border-accent bg-accent-soft text-accent-ink" : "border-line text-muted hover:bg-subtle",
            )}
          >
            <span aria-hidden>{emoji}</span>
            {people.length > 0 ? <span aria-hidden>{people.length}</span> : null}
          </button>
        );
      })}
      {choosing || !onReact ? null : (
        <Button variant="ghost" size="icon" aria-label={t("addReaction")} onClick={() => setChoosing(true)}>
          <span aria-hidden>☺</span>
        </Button>
      )}
    </div>
  );
}
