import { Card } from "@mgs/ui/card";
import { Skeleton } from "@mgs/ui/skeleton";
import { NotificationRowsSkeleton } from "./inbox/notification-skeleton";
import { LoadingFrame } from "./loading-frame";

export function DashboardLoading() {
  return (
    <LoadingFrame>
      <div className="grid gap-6 xl:grid-cols-3">
        <Card className="min-h-96 xl:col-span-2" />
        <div className="grid content-start gap-6">
          <Card className="h-44" />
          <Card className="h-56" />
        </div>
      </div>
    </LoadingFrame>
  );
}

export function InboxLoading() {
  return (
    <LoadingFrame>
      <Skeleton className="mb-4 h-10 w-72" />
      <Card>
        <NotificationRowsSkeleton rows={6} />
      </Card>
    </LoadingFrame>
  );
}

/** Forms and profile: cards of text. */
export function FormLoading() {
  return (
    <LoadingFrame>
      <Card className="h-120 max-w-2xl" />
    </LoadingFrame>
  );
}

/** Lists of records: a toolbar, and a card of rows. */
export function ListLoading() {
  return (
    <LoadingFrame>
      <Skeleton className="mb-4 h-10 w-80 max-w-full" />
      <Card className="h-160" />
    </LoadingFrame>
  );
}
