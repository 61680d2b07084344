"use client";
import { useEffect, useState } from "react";
import { useTranslations } from "../intl";
import { useInboxStore } from "./inbox-provider";
import type { InboxItem } from "./state";

/** About six lines. */
const LONG_MESSAGE_CHARACTERS = 480;

/** The text of a notification: two lines, or all of it on request. It fetches the end that a broadcast has cut off. */
export function NotificationMessage({ item, whole }: { item: InboxItem; whole: boolean }) {
  const t = useTranslations("notifications");
  const store = useInboxStore();
  const [open, setOpen] = useState(false);
  const { id, truncated } = item;
  useEffect(() => {
    if (whole && truncated) void store.complete(id);
  }, [whole, truncated, id, store]);

  if (!whole)
    return (
      <p className="mt-0.5 line-clamp-2 break-words text-muted">
        <bdi>{item.message}</bdi>
      </p>
    );
  const long = item.message.length > LONG_MESSAGE_CHARACTERS || item.message.split("\n").length > 6;
  return (
    <>
      <p className={`mt-1 max-w-prose whitespace-pre-line break-words text-ink ${long && !open ? "line-clamp-6" : ""}`}>
        <bdi>{item.message}</bdi>
      </p>
      {long && !open ? (
        <button
          type="button"
          onClick={() => setOpen(true)}
          className="mt-1 font-medium text-accent-ink underline-offset-4 hover:underline"
        >
          {t("wholeMessage")}
        </button>
      ) : null}
    </>
  );
}
