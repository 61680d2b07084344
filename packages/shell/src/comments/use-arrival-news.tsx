"use client";
import { authorName, type CommentDto } from "@mgs/comments/contract/comment";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { useTranslations } from "../intl";
import { createArrivalNews, type News } from "./arrival-news";

/** Tells a screen reader of comments that arrive. @returns how to name them, and the live region, which the page draws once */
export function useArrivalNews(): { tell(comments: readonly CommentDto[]): void; region: ReactNode } {
  const t = useTranslations("comments");
  const [last, setLast] = useState<News<CommentDto> | null>(null);
  const news = useMemo(
    () => createArrivalNews<CommentDto>({ tell: setLast, isVisible: () => document.visibilityState === "visible" }),
    [],
  );
  useEffect(() => {
    document.addEventListener("visibilitychange", news.resume);
    return () => {
      document.removeEventListener("visibilitychange", news.resume);
      news.stop();
    };
  }, [news]);

  const [first] = last?.items ?? [];
  return {
    tell: news.add,
    region: (
      <p role="status" className="sr-only">
        {last && first ? (
          // The same words as before are read again only as a new element.
          <span key={last.number}>{t("arrived", { count: last.items.length, name: authorName(first.user) })}</span>
        ) : null}
      </p>
    ),
  };
}
