"use client";
import { Card } from "@mgs/ui/card";
import { Skeleton } from "@mgs/ui/skeleton";
import { useTranslations } from "../intl";
import { LoadingFrame } from "../loading-frame";
import { NotificationRowsSkeleton } from "./notification-skeleton";

export function InboxLoading() {
  const t = useTranslations("notifications");
  return (
    <LoadingFrame>
      <Skeleton className="mb-4 h-10 w-72" />
      <Card>
        <NotificationRowsSkeleton rows={6} label={t("loading")} />
      </Card>
    </LoadingFrame>
  );
}
