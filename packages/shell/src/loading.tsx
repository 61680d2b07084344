"use client";
import { Card } from "@mgs/ui/card";
import { Skeleton } from "@mgs/ui/skeleton";
import type { ReactNode } from "react";
import { NotificationRowsSkeleton } from "./inbox/notification-skeleton";
import { useTranslations } from "./intl";

function Frame({ children }: { children: ReactNode }) {
  const t = useTranslations("shell");
  return (
    <div role="status" aria-busy aria-label={t("loading")}>
      <div className="mb-6 flex flex-col gap-2">
        <Skeleton className="h-9 w-64 max-w-full" />
        <Skeleton className="h-5 w-96 max-w-full" />
      </div>
      {children}
    </div>
  );
}

export function DashboardLoading() {
  return (
    <Frame>
      <div className="grid gap-6 xl:grid-cols-3">
        <Card className="min-h-96 xl:col-span-2" />
        <div className="grid content-start gap-6">
          <Card className="h-44" />
          <Card className="h-56" />
        </div>
      </div>
    </Frame>
  );
}

export function InboxLoading() {
  const t = useTranslations("notifications");
  return (
    <Frame>
      <Skeleton className="mb-4 h-10 w-72" />
      <Card>
        <NotificationRowsSkeleton rows={6} label={t("loading")} />
      </Card>
    </Frame>
  );
}

/** Forms and profile: cards of text. */
export function FormLoading() {
  return (
    <Frame>
      <Card className="h-120 max-w-2xl" />
    </Frame>
  );
}

/** Lists of records: a toolbar, and a card of rows. */
export function ListLoading() {
  return (
    <Frame>
      <Skeleton className="mb-4 h-10 w-80 max-w-full" />
      <Card className="h-160" />
    </Frame>
  );
}
