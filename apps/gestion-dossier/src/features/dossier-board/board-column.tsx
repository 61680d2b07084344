"use client";
import type { DossierState } from "@mgs/dossiers/contract/states";
import { useLocale, useTranslations } from "@mgs/shell/intl";
import { Button } from "@mgs/ui/button";
import { cn } from "@mgs/ui/cn";
import { useId, useRef } from "react";
import { BoardCard } from "./board-card";
import type { Column, Move } from "./columns";
import { useDropTarget } from "./use-drag";

type BoardColumnProps = {
  column: Column;
  labels: Readonly<Record<DossierState, string>>;
  /** A higher count is told as "more than". */
  maxCount: number;
  isAllowed: (from: DossierState, to: DossierState) => boolean;
  onMove: (move: Move) => void;
  onMore: () => void;
  loading: boolean;
  focused: { id: number } | null;
};

/** The dossiers of one state, by pages. */
export function BoardColumn({
  column,
  labels,
  maxCount,
  isAllowed,
  onMove,
  onMore,
  loading,
  focused,
}: BoardColumnProps) {
  const t = useTranslations("board");
  const number = new Intl.NumberFormat(useLocale());
  const id = useId();
  const frame = useRef<HTMLElement>(null);
  const over = useDropTarget(frame, column.state, isAllowed, onMove);
  const { state, count, cards, next } = column;
  const shownCount = count > maxCount ? t("moreThan", { number: number.format(maxCount) }) : number.format(count);
  return (
    <section
      ref={frame}
      aria-labelledby={id}
      data-column={state}
      className={cn(
        "relative flex w-[80vw] max-w-72 shrink-0 snap-start flex-col rounded-xl border bg-subtle sm:w-72",
        over ? "border-accent" : "border-line",
      )}
    >
      <h2 id={id} className="flex items-center justify-between gap-2 px-3 py-2.5 font-semibold text-sm">
        {labels[state]}
        <span className="font-normal text-muted tabular-nums">
          <span className="sr-only">{t("count")} </span>
          {shownCount}
        </span>
      </h2>
      <div className="grid content-start gap-2 overflow-y-auto px-2 pb-2 lg:max-h-[calc(100dvh-19rem)] lg:min-h-32">
        {cards.length === 0 ? <p className="px-1 py-6 text-center text-muted text-sm">{t("empty")}</p> : null}
        <ul className="grid gap-2">
          {cards.map((card) => (
            <BoardCard
              key={card.id}
              {...{ card, state, labels, isAllowed, onMove }}
              focused={focused?.id === card.id ? focused : null}
            />
          ))}
        </ul>
        {next === null ? null : (
          <Button
            variant="ghost"
            size="sm"
            pending={loading}
            onClick={onMore}
            aria-label={t("moreOf", { state: labels[state] })}
          >
            {t("more")}
          </Button>
        )}
      </div>
    </section>
  );
}
