"use client";
import type { Virtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useState } from "react";
import type { MessageRow } from "./message-rows";

/** A row that is to be shown, so far below the upper edge as it says; without a key the end. */
type Target = { key: string | null; align: "start" | "center"; belowPx?: number };

/** A place counts as reached when rows that were measured meanwhile have not moved it for so many frames. */
const STILL_FRAMES = 3;
const TOLERANCE_PX = 1.5;

export type ListPlace = {
  /** Nothing moves the list by itself any more: what stands near its ends may be loaded. */
  isSettled: boolean;
  /** Shows a row, also one that is drawn next. */
  goTo(target: Target): void;
  /** The reader moves by themself. */
  giveUp(): void;
};

/**
 * Brings a row into sight and keeps it there by its key until it stands still, whatever comes above it meanwhile and whatever heights the rows on the way turn
 * out to have: the virtual list itself goes to an index, which is another row once older ones have come.
 */
export function useListPlace(
  list: Virtualizer<HTMLElement, HTMLLIElement>,
  rows: readonly MessageRow[],
  initial: Target,
): ListPlace {
  const [target, setTarget] = useState<Target | null>(initial);

  useLayoutEffect(() => {
    if (target === null) return;
    if (rows.length === 0) return setTarget(null);
    const { key, align, belowPx } = target;
    const index = rows.findIndex((row) => row.key === key);
    // Its stretch is being read.
    if (key !== null && index < 0) return;
    const below = () => Math.max((list.measurementsCache[index]?.start ?? 0) - (belowPx ?? 0), 0);
    const move = () => {
      if (key === null) list.scrollToEnd();
      else if (belowPx === undefined) list.scrollToIndex(index, { align });
      else list.scrollToOffset(below());
    };
    const isThere = () => {
      if (key === null) return list.isAtEnd(TOLERANCE_PX);
      const [offset] = belowPx === undefined ? (list.getOffsetForIndex(index, align) ?? [0]) : [below()];
      return Math.abs(offset - (list.scrollOffset ?? 0)) <= TOLERANCE_PX;
    };
    let still = 0;
    let frame = 0;
    const look = () => {
      still = isThere() ? still + 1 : 0;
      if (still >= STILL_FRAMES) return setTarget(null);
      if (still === 0) move();
      frame = requestAnimationFrame(look);
    };
    move();
    frame = requestAnimationFrame(look);
    return () => cancelAnimationFrame(frame);
  }, [target, rows, list]);

  return {
    isSettled: target === null,
    goTo: setTarget,
    giveUp() {
      if (target === null) return;
      list.cancelScroll();
      setTarget(null);
    },
  };
}
