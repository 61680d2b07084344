"use client";
import { array, boolean, number, object, string } from "@mgs/core/shape";
import { Badge } from "@mgs/ui/badge";
import { Button } from "@mgs/ui/button";
import { useEffect, useRef } from "react";
import { useTranslations } from "../intl";
import type { OutboxEntry } from "../outbox/outbox-store";
import type { LaneOutbox } from "../outbox/use-outbox";
import { outboxAnchor } from "../outbox/waiting-places";
import { MarkdownText } from "./markdown-text";

const withoutAccess = object({ without_access: array(object({ id: number, name: string })), may_grant: boolean });
const text = object({ content: string });

/** A comment that the server has not taken yet: it waits, or was refused and stays until its author decides. */
export function WaitingComment({ entry, outbox }: { entry: OutboxEntry; outbox: LaneOutbox }) {
  const t = useTranslations("comments");
  const { refusal, body } = entry;
  const frame = useRef<HTMLLIElement>(null);
  // The notice of another page leads here, before the queue was read.
  useEffect(() => {
    if (window.location.hash === `#${outboxAnchor(entry.id)}`) frame.current?.scrollIntoView({ block: "center" });
  }, [entry.id]);
  const people = refusal && withoutAccess(refusal.data) ? refusal.data : null;
  return (
    <li
      ref={frame}
      id={outboxAnchor(entry.id)}
      className="grid scroll-mt-32 grid-cols-1 gap-2 rounded-lg border border-line border-dashed p-3"
      data-outbox={refusal ? "refused" : "waiting"}
    >
      <MarkdownText content={text(body) ? body.content : ""} names={[]} />
      {refusal === null ? (
        // Most comments are taken before it is seen.
        <p className="flex animate-fade-in flex-wrap items-center gap-2 text-muted text-xs [animation-delay:600ms] [animation-fill-mode:both]">
          <Badge tone="warning">{t("waiting")}</Badge>
          {t("waitingHint")}
        </p>
      ) : (
        <>
          <p role="alert" className="text-danger-ink text-xs">
            {people
              ? t("withoutAccess", { names: people.without_access.map(({ name }) => name).join(", ") })
              : t("refused", { message: refusal.message })}
          </p>
          <div className="flex flex-wrap gap-2">
            {people?.may_grant ? (
              <Button
                size="sm"
                onClick={() =>
                  void outbox.retry(entry, { ...body, grant: people.without_access.map((person) => person.id) })
                }
              >
                {t("grant")}
              </Button>
            ) : (
              <Button variant="secondary" size="sm" onClick={() => void outbox.retry(entry)}>
                {t("retry")}
              </Button>
            )}
            <Button variant="ghost" size="sm" onClick={() => void outbox.remove(entry)}>
              {t("remove")}
            </Button>
          </div>
        </>
      )}
    </li>
  );
}
