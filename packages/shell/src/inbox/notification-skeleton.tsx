import { Skeleton } from "@mgs/ui/skeleton";

/** Placeholder rows of the size of notifications. @param label unset where what stands around them says that it loads */
export function NotificationRowsSkeleton({ rows, label }: { rows: number; label?: string }) {
  return (
    <div {...(label === undefined ? {} : { role: "status", "aria-label": label })} className="divide-y divide-line">
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className="flex gap-3 px-4 py-3 sm:px-6">
          <Skeleton round className="mt-1.5 size-2" />
          <div className="flex-1 space-y-2 py-0.5">
            <Skeleton className="h-4 w-2/5" />
            <Skeleton className="h-4 w-4/5" />
            <Skeleton className="h-3 w-1/4" />
          </div>
        </div>
      ))}
    </div>
  );
}
