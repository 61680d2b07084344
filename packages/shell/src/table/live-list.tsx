"use client";
import { buttonStyles } from "@mgs/ui/button";
import { RefreshCw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState, useTransition } from "react";
import { useLocale, useTranslations } from "../intl";
import { useLiveRefresh } from "./live-refresh";

type LiveListProps = {
  /** The channels that tell of changes of the list, as `liveListChannels` names them. */
  channels: readonly string[];
  /** Whether updates are read out. A list that reads its count out (`ResultCount`) is silent otherwise. */
  announces: boolean;
};

/**
 * Keeps the list of a page up to date: the server draws it anew when it has changed. Rows keep their place, focus and what is typed beside
 * them; while somebody chooses rows, types or has a menu open, the change waits, and a button brings it.
 */
export function LiveList({ channels, announces }: LiveListProps) {
  const t = useTranslations("lists");
  const locale = useLocale();
  const router = useRouter();
  const [pending, start] = useTransition();
  const [spoken, setSpoken] = useState("");
  const drawn = useRef<() => void>(undefined);
  const isFirst = useRef(true);

  useEffect(() => {
    if (pending) return;
    drawn.current?.();
    drawn.current = undefined;
  }, [pending]);

  async function refresh() {
    await new Promise<void>((resolve) => {
      drawn.current = resolve;
      start(() => router.refresh());
    });
    // The first one follows the opening of the page: nothing has changed before the reader's eyes.
    const time = new Intl.DateTimeFormat(locale, { timeStyle: "short" }).format(new Date());
    if (announces && !isFirst.current) setSpoken(t("live.updated", { time }));
    isFirst.current = false;
  }

  const { waiting, refreshNow } = useLiveRefresh({ channels, refresh, isHeld: isListInUse });
  return (
    <div className="flex flex-wrap items-center gap-x-3 text-muted text-sm">
      <p role="status">{waiting ? t("live.waiting") : <span className="sr-only">{spoken}</span>}</p>
      {waiting ? (
        <button type="button" onClick={refreshNow} className={buttonStyles({ variant: "secondary", size: "sm" })}>
          <RefreshCw aria-hidden />
          {t("live.refresh")}
        </button>
      ) : null}
    </div>
  );
}

/** Whether somebody chooses rows, has typed what is not sent yet, or has a menu or a dialog open. */
function isListInUse(): boolean {
  if (
    document.querySelector(
      "dialog[open], details[data-menu][open], main [aria-expanded=true], input[data-row-check]:checked",
    )
  )
    return true;
  const { activeElement } = document;
  return (
    activeElement instanceof HTMLInputElement &&
    activeElement.type !== "checkbox" &&
    activeElement.value !== activeElement.defaultValue
  );
}
