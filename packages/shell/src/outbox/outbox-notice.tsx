"use client";
import { MessageSquareWarning } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useState } from "react";
import { useTranslations } from "../intl";
import { useShell } from "../shell-context";
import { browserOutbox, flushAll, noteWaiting, onOutbox } from "./browser-outbox";
import type { OutboxEntry } from "./outbox-store";
import { toWaitingPlaces } from "./waiting-places";

/** Most texts are taken before that. */
const SHOWN_AFTER_MS = 1_000;

/** Tells on every page how many texts wait or were refused, leads to them, and sends them when the network is back. */
export function OutboxNotice() {
  const t = useTranslations("shell.outbox");
  const { user } = useShell();
  const pathname = usePathname();
  const [entries, setEntries] = useState<readonly OutboxEntry[]>([]);

  useEffect(() => {
    const outbox = browserOutbox(user.id);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = () => {
      timer = undefined;
      void outbox.all().then(setEntries, () => undefined);
      void noteWaiting(outbox, user.id).catch(() => undefined);
    };
    const readSoon = () => {
      timer ??= setTimeout(read, SHOWN_AFTER_MS);
    };
    const send = () => void flushAll(outbox);
    const stop = onOutbox({ onChange: readSoon });
    window.addEventListener("online", send);
    readSoon();
    send();
    return () => {
      clearTimeout(timer);
      stop();
      window.removeEventListener("online", send);
    };
  }, [user.id]);

  const places = toWaitingPlaces(entries, pathname);
  const sum = (of: "waiting" | "failed") => places.reduce((all, place) => all + place[of], 0);
  const [waiting, failed] = [sum("waiting"), sum("failed")];
  return (
    <div
      role="status"
      className="sticky top-[calc(var(--frame-top,0px)+3.5rem)] z-30"
      data-outbox-notice={waiting + failed}
    >
      {places.length === 0 ? null : (
        <div className="flex items-start gap-2 border-line border-b bg-warning-soft px-4 py-2 text-sm text-warning-ink lg:px-6">
          <MessageSquareWarning aria-hidden className="mt-0.5 size-4 shrink-0" />
          <p className="min-w-0 flex-1 break-words">
            {failed > 0 ? <span className="font-medium">{t("failed", { count: failed })} </span> : null}
            {waiting > 0 ? <span>{t("waiting", { count: waiting })} </span> : null}
            {places.map(({ href, title }) =>
              href === null ? null : (
                <Link
                  key={href}
                  href={href}
                  prefetch={false}
                  className="me-3 inline-block underline underline-offset-2"
                >
                  <bdi>{title}</bdi>
                </Link>
              ),
            )}
          </p>
        </div>
      )}
    </div>
  );
}
