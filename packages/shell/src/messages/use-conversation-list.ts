"use client";
import type { ConversationDto, ConversationPage } from "@mgs/messaging/contract/conversation";
import { useCallback, useEffect, useRef, useState } from "react";
import { useCatchUp } from "../live/use-catch-up";
import { readConversations } from "./api";
import { useConversationNews } from "./conversation-news";

/** News that come close together are read as one. */
const BUNDLE_MS = 400;

export type ConversationFilter = { filter: "all" | "unread" | "archived"; search: string };

const queryOf = ({ filter, search }: ConversationFilter): Record<string, string> => ({
  ...(filter === "unread" ? { unread: "true" } : filter === "archived" ? { archived: "true" } : {}),
  ...(search === "" ? {} : { search }),
});

/**
 * The conversations of a list, read anew when one of them has something new: their order, counts and excerpts are always the server's.
 * @param initial the first page without a filter, as the server drew it
 */
export function useConversationList(
  wanted: ConversationFilter,
  initial: ConversationPage,
): {
  conversations: readonly ConversationDto[] | null;
  failed: boolean;
  more: (() => Promise<void>) | null;
  retry: () => void;
} {
  const key = JSON.stringify(queryOf(wanted));
  const [page, setPage] = useState<{ key: string; page: ConversationPage; pages: number } | null>({
    key: "{}",
    page: initial,
    pages: 1,
  });
  const [failed, setFailed] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const pages = page?.key === key ? page.pages : 1;

  const read = useCallback(
    async (count: number) => {
      try {
        const all: ConversationDto[] = [];
        let next: string | null = null;
        for (let index = 0; index < count; index++) {
          const query: Record<string, string> = { ...JSON.parse(key), ...(next === null ? {} : { after: next }) };
          const one = await readConversations(query);
          all.push(...one.conversations);
          next = one.next;
          if (next === null) break;
        }
        setFailed(false);
        setPage({ key, page: { conversations: all, next }, pages: count });
      } catch {
        setFailed(true);
      }
    },
    [key],
  );
  const again = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void read(pages), BUNDLE_MS);
  }, [read, pages]);
  useEffect(() => {
    if (key !== "{}" || page?.key !== key) void read(1);
    return () => clearTimeout(timer.current);
  }, [key]);
  useConversationNews(again);
  useCatchUp(() => read(pages));

  const shown = page?.key === key ? page.page : null;
  return {
    conversations: shown?.conversations ?? null,
    failed,
    more: shown && shown.next !== null ? () => read(pages + 1) : null,
    retry: () => void read(pages),
  };
}
