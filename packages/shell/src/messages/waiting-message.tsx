"use client";
import { object, string } from "@mgs/core/shape";
import { Badge } from "@mgs/ui/badge";
import { Button } from "@mgs/ui/button";
import { useEffect, useRef } from "react";
import { useTranslations } from "../intl";
import type { OutboxEntry } from "../outbox/outbox-store";
import type { LaneOutbox } from "../outbox/use-outbox";
import { outboxAnchor } from "../outbox/waiting-places";
import { MarkdownText } from "../writing/markdown-text";

const text = object({ content: string });

/** A message that the server has not taken yet: it waits, or was refused and stays until its author decides. */
export function WaitingMessage({ entry, outbox }: { entry: OutboxEntry; outbox: LaneOutbox }) {
  const t = useTranslations("comments");
  const words = useTranslations("messages");
  const { refusal, body } = entry;
  const frame = useRef<HTMLDivElement>(null);
  // The notice of another page leads here, before the queue was read.
  useEffect(() => {
    if (window.location.hash === `#${outboxAnchor(entry.id)}`) frame.current?.scrollIntoView({ block: "center" });
  }, [entry.id]);
  return (
    <div
      ref={frame}
      id={outboxAnchor(entry.id)}
      className="mx-4 my-1 grid grid-cols-1 gap-2 rounded-lg border border-line border-dashed p-3 sm:ms-15"
      data-outbox={refusal ? "refused" : "waiting"}
    >
      <MarkdownText content={text(body) ? body.content : ""} names={[]} />
      {refusal === null ? (
        // Most messages are taken before it is seen.
        <p className="flex animate-fade-in flex-wrap items-center gap-2 text-muted text-xs [animation-delay:600ms] [animation-fill-mode:both]">
          <Badge tone="warning">{t("waiting")}</Badge>
          {words("waitingHint")}
        </p>
      ) : (
        <>
          <p role="alert" className="text-danger-ink text-xs">
            {t("refused", { message: refusal.message })}
          </p>
          <div className="flex flex-wrap gap-2">
            <Button variant="secondary" size="sm" onClick={() => void outbox.retry(entry)}>
              {t("retry")}
            </Button>
            <Button variant="ghost" size="sm" onClick={() => void outbox.remove(entry)}>
              {t("remove")}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}
