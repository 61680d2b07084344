"use client";
import { isUnderWay, type MaintenanceDto, maintenanceAnswer } from "@mgs/maintenance/contract/maintenance";
import { maintenanceApiPath } from "@mgs/maintenance/links";
import { useRealtimeListener } from "@mgs/realtime/react";
import { Wrench } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useState } from "react";
import { useLocale, useTimeZone, useTranslations } from "../intl";
import { absoluteTime } from "../time/relative-time";
import { showMessage } from "../toasts/show-message";

/** Longest delay of a browser's timer: it holds 31 bits. */
const MAX_DELAY_MS = 2_147_483_647;
/** While the portals are closed a page asks at this interval whether they are open, since the event may be lost. */
const POLL_MS = 15_000;

type MaintenanceBannerProps = {
  initial: MaintenanceDto | null;
  /** The server's time of rendering in milliseconds. */
  renderedAt: number;
  mayPass: boolean;
};

/**
 * Announces a maintenance on every page of every portal, from the moment in which it is planned, and goes on by itself when it is
 * over. What is typed on the page stays.
 */
export function MaintenanceBanner({ initial, renderedAt, mayPass }: MaintenanceBannerProps) {
  const t = useTranslations("maintenance");
  const locale = useLocale();
  const timeZone = useTimeZone();
  const router = useRouter();
  const [maintenance, setMaintenance] = useState(initial);
  // The first rendering has to be the server's, by the server's clock.
  const [now, setNow] = useState(renderedAt);
  const closed = maintenance !== null && isUnderWay(maintenance, now);

  const change = useEffectEvent((next: MaintenanceDto | null) => {
    setMaintenance(next);
    setNow(Date.now());
    if (next !== null || !closed) return;
    showMessage(t("over"));
    // Data of the page may have changed while it was closed.
    router.refresh();
  });
  const ask = useEffectEvent(async () => {
    const response = await fetch(maintenanceApiPath(), { cache: "no-store" }).catch(() => null);
    const body: unknown = response?.ok ? await response.json().catch(() => null) : null;
    if (maintenanceAnswer(body)) change(body.data);
  });
  useRealtimeListener({
    onMaintenanceChanged: ({ maintenance: next }) => change(next),
    // Whatever was announced while the socket was away.
    onListening: () => void ask(),
  });

  const startsAt = maintenance?.starts_at;
  useEffect(() => {
    setNow(Date.now());
    if (startsAt === undefined) return;
    const delay = Date.parse(startsAt) - Date.now();
    if (delay <= 0 || delay > MAX_DELAY_MS) return;
    const timer = setTimeout(() => setNow(Date.now()), delay + 100);
    return () => clearTimeout(timer);
  }, [startsAt]);
  useEffect(() => {
    if (!closed) return;
    const poll = setInterval(() => void ask(), POLL_MS);
    return () => clearInterval(poll);
  }, [closed]);

  if (maintenance === null) return null;
  const time = absoluteTime(maintenance.starts_at, locale, timeZone);
  const end = maintenance.expected_end && absoluteTime(maintenance.expected_end, locale, timeZone);
  const title = closed
    ? t(mayPass ? "underWayPass" : "underWay")
    : end
      ? t("plannedUntil", { time, end })
      : t("planned", { time });
  return (
    <div
      role="status"
      data-maintenance={closed ? "closed" : "announced"}
      className="flex items-start gap-3 border-line border-b bg-warning-soft px-4 py-2 text-warning-ink lg:px-6"
    >
      <Wrench aria-hidden className="mt-0.5 size-4 shrink-0" />
      <p className="min-w-0 break-words">
        <strong className="font-semibold">{title}</strong>
        <span className="block">{maintenance.message}</span>
      </p>
    </div>
  );
}
