"use client";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, type RefObject, useEffect, useImperativeHandle, useRef } from "react";
import type { MessageRow } from "./message-rows";

/** How a page moves in its list. */
export type MessageListHandle = {
  /** Shows the row with this key in the middle. @returns false when it is not there */
  show(key: string): boolean;
  showEnd(): void;
};

type MessageListProps = {
  rows: readonly MessageRow[];
  label: string;
  /** The row that is shown first; null: the end. */
  initialKey: string | null;
  draw: (row: MessageRow) => ReactNode;
  /** Stands behind the last row: what waits to be sent. */
  children?: ReactNode;
  onNearStart: () => void;
  onNearEnd: () => void;
  /** Whether the end is in sight; told on each change. */
  onAtEnd: (isAtEnd: boolean) => void;
  handle: RefObject<MessageListHandle | null>;
};

const ESTIMATED_ROW_PX = 72;
const OVERSCAN_ROWS = 8;
/** The next page is asked for so many rows before an end. */
const NEAR_ROWS = 10;
const AT_END_PX = 80;

/**
 * The rows of a conversation, of which those in sight alone are drawn. It begins at its end, follows it while it is in sight, and keeps its place when
 * older rows come or a picture changes a row's height.
 */
export function MessageList(props: MessageListProps) {
  const { rows, label, initialKey, draw, children, onNearStart, onNearEnd, onAtEnd, handle } = props;
  const frame = useRef<HTMLDivElement>(null);
  const begun = useRef(false);
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ESTIMATED_ROW_PX,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: OVERSCAN_ROWS,
    anchorTo: "end",
    followOnAppend: true,
    scrollEndThreshold: AT_END_PX,
  });
  const indexOf = (key: string) => rows.findIndex((row) => row.key === key);

  useImperativeHandle(handle, () => ({
    show(key) {
      const index = indexOf(key);
      if (index >= 0) list.scrollToIndex(index, { align: "center" });
      return index >= 0;
    },
    showEnd: () => list.scrollToEnd(),
  }));

  useEffect(() => {
    if (begun.current || rows.length === 0) return;
    begun.current = true;
    const index = initialKey === null ? -1 : indexOf(initialKey);
    if (index < 0) list.scrollToEnd();
    else list.scrollToIndex(index, { align: "start" });
  });

  const items = list.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (!begun.current) return;
    if (first < NEAR_ROWS) onNearStart();
    if (last >= rows.length - NEAR_ROWS) onNearEnd();
    onAtEnd(list.isAtEnd(AT_END_PX));
  }, [first, last, rows.length, list.scrollOffset]);

  return (
    <section
      ref={frame}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
      tabIndex={0}
      aria-label={label}
      className="min-h-0 flex-1 overflow-y-auto [overflow-anchor:none]"
    >
      <ol className="relative" style={{ height: list.getTotalSize() }}>
        {items.map(({ index, key, start }) => {
          const row = rows[index];
          return row ? (
            <li
              key={key}
              ref={list.measureElement}
              data-index={index}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${start}px)` }}
            >
              {draw(row)}
            </li>
          ) : null;
        })}
      </ol>
      {children}
    </section>
  );
}
