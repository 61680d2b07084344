"use client";
import type { Virtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useRef } from "react";
import type { MessageRow } from "./message-rows";
import type { ListPlace } from "./use-list-place";

/** The day above the first message and the name of its author go with older ones: these rows change under their reader. */
const CHANGING_ROWS = 2;

/**
 * Keeps what is read in its place when older rows come above it. The virtual list holds on to its uppermost row, which may be the line of a day: that one
 * moves up with what comes.
 * @returns what notes the place; call it when the list is scrolled
 */
export function useKeptPlace(
  list: Virtualizer<HTMLElement, HTMLLIElement>,
  rows: readonly MessageRow[],
  place: ListPlace,
): () => void {
  const reference = useRef<{ key: string; belowPx: number } | null>(null);
  const firstMessage = rows.find(({ kind }) => kind === "message")?.key;
  const before = useRef(firstMessage);

  function note() {
    const top = list.scrollElement?.scrollTop ?? 0;
    const from = Math.max((list.getVirtualItemForOffset(top)?.index ?? 0) + 1, CHANGING_ROWS);
    const index = rows.findIndex(({ kind }, at) => at >= from && kind === "message");
    const [row, item] = [rows[index], list.measurementsCache[index]];
    reference.current = row && item ? { key: row.key, belowPx: item.start - top } : null;
  }

  useLayoutEffect(() => {
    const old = before.current;
    before.current = firstMessage;
    const kept = reference.current;
    const isPrepended = old !== firstMessage && rows.slice(1).some(({ key }) => key === old);
    if (isPrepended && kept && place.isSettled) place.goTo({ ...kept, align: "start" });
  }, [rows, firstMessage]);
  useLayoutEffect(() => {
    if (place.isSettled) note();
  });
  return note;
}
