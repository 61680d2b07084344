"use client";
import { array, boolean, number, object, string } from "@mgs/core/shape";
import { Badge } from "@mgs/ui/badge";
import { Button } from "@mgs/ui/button";
import { useEffect, useRef } from "react";
import { useTranslations } from "../intl";
import type { OutboxEntry, OutboxRefusal } from "../outbox/outbox-store";
import type { LaneOutbox } from "../outbox/use-outbox";
import { outboxAnchor } from "../outbox/waiting-places";
import { MarkdownText } from "../writing/markdown-text";
import { toWaitingEdit, type WaitingEdit } from "./waiting-edit";

const withoutAccess = object({ without_access: array(object({ id: number, name: string })), may_grant: boolean });
const text = object({ content: string });

type WaitingCommentProps = {
  entry: OutboxEntry;
  outbox: LaneOutbox;
  /** Leads to the comment that it edits, where that does not stand right above. */
  editsHref?: string | undefined;
  /** Puts a refused edit back into its field; undefined where there is none. */
  onTakeBack?: ((edit: WaitingEdit) => void) | undefined;
};

/** A comment, or an edit of one, that the server has not taken yet: it waits, or was refused and stays until its author decides. */
export function WaitingComment({ entry, outbox, editsHref, onTakeBack }: WaitingCommentProps) {
  const t = useTranslations("comments");
  const { refusal, body } = entry;
  const edit = toWaitingEdit(entry);
  const frame = useRef<HTMLLIElement>(null);
  // The notice of another page leads here, before the queue was read.
  useEffect(() => {
    if (window.location.hash === `#${outboxAnchor(entry.id)}`) frame.current?.scrollIntoView({ block: "center" });
  }, [entry.id]);
  return (
    <li
      ref={frame}
      id={outboxAnchor(entry.id)}
      className="grid scroll-mt-32 grid-cols-1 gap-2 rounded-lg border border-line border-dashed p-3"
      data-outbox={refusal ? "refused" : "waiting"}
    >
      {editsHref === undefined ? null : (
        <p className="text-muted text-xs">
          {t("waitingEdit")}{" "}
          <a href={editsHref} className="text-accent-ink underline underline-offset-2">
            {t("showComment")}
          </a>
        </p>
      )}
      <MarkdownText
        content={text(body) ? body.content : ""}
        names={edit?.typed.mentioned.map(({ name }) => name) ?? []}
      />
      {refusal === null ? (
        // Most comments are taken before it is seen.
        <p className="flex animate-fade-in flex-wrap items-center gap-2 text-muted text-xs [animation-delay:600ms] [animation-fill-mode:both]">
          <Badge tone="warning">{t("waiting")}</Badge>
          {t(edit ? "waitingEditHint" : "waitingHint")}
        </p>
      ) : (
        <>
          <Reason refusal={refusal} isEdit={edit !== null} />
          <div className="flex flex-wrap gap-2">
            <Retry entry={entry} refusal={refusal} outbox={outbox} />
            {edit && onTakeBack ? (
              <Button variant="secondary" size="sm" onClick={() => onTakeBack(edit)}>
                {t("takeBack")}
              </Button>
            ) : null}
            <Button variant="ghost" size="sm" onClick={() => void outbox.remove(entry)}>
              {t("remove")}
            </Button>
          </div>
        </>
      )}
    </li>
  );
}

/** What stands where somebody has edited the comment meanwhile; null for any other refusal. */
const standing = ({ code, data }: OutboxRefusal): string | null =>
  code === "EDIT_CONFLICT" && text(data) ? data.content : null;

function Reason({ refusal, isEdit }: { refusal: OutboxRefusal; isEdit: boolean }) {
  const t = useTranslations("comments");
  const current = standing(refusal);
  const people = withoutAccess(refusal.data) ? refusal.data.without_access : null;
  return (
    <div role="alert" className="text-danger-ink text-xs">
      {people ? (
        <p>{t("withoutAccess", { names: people.map(({ name }) => name).join(", ") })}</p>
      ) : current !== null ? (
        <>
          <p>{t("editConflict")}</p>
          <blockquote className="mt-1 max-h-40 overflow-y-auto whitespace-pre-wrap break-words border-line border-s-4 ps-3 text-ink">
            {current}
          </blockquote>
        </>
      ) : (
        <p>
          {isEdit && refusal.code === "COMMENT_NOT_FOUND"
            ? t("editDeleted")
            : t("refused", { message: refusal.message })}
        </p>
      )}
    </div>
  );
}

/** Sends a refused text again, with what its author grants by that. */
function Retry({ entry, refusal, outbox }: { entry: OutboxEntry; refusal: OutboxRefusal; outbox: LaneOutbox }) {
  const t = useTranslations("comments");
  const { body } = entry;
  const people = withoutAccess(refusal.data) ? refusal.data : null;
  const current = standing(refusal);
  if (people?.may_grant)
    return (
      <Button
        size="sm"
        onClick={() => void outbox.retry(entry, { ...body, grant: people.without_access.map((person) => person.id) })}
      >
        {t("grant")}
      </Button>
    );
  return (
    <Button
      variant="secondary"
      size="sm"
      onClick={() => void outbox.retry(entry, current === null ? body : { ...body, previous: current })}
    >
      {t(current === null ? "retry" : "replace")}
    </Button>
  );
}
