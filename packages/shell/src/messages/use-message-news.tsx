"use client";
import type { MessageDto } from "@mgs/messaging/contract/message";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { createArrivalNews, type News } from "../comments/arrival-news";
import { useTranslations } from "../intl";

/** Tells a screen reader of messages that arrive. @returns how to name them, and the live region, which the page draws once */
export function useMessageNews(): { tell(messages: readonly MessageDto[]): void; region: ReactNode } {
  const t = useTranslations("messages");
  const [last, setLast] = useState<News<MessageDto> | null>(null);
  const news = useMemo(
    () => createArrivalNews<MessageDto>({ tell: setLast, isVisible: () => document.visibilityState === "visible" }),
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
    tell: (messages) => news.add(messages.filter(({ kind }) => kind === "text")),
    region: (
      <p role="status" className="sr-only">
        {last && first ? (
          // The same words as before are read again only as a new element.
          <span key={last.number}>{t("arrived", { count: last.items.length, name: first.auteur.name })}</span>
        ) : null}
      </p>
    ),
  };
}
