import { Skeleton } from "@mgs/ui/skeleton";
import { LoadingFrame } from "../loading-frame";

/** The place of one's conversations while they come. */
export function MessagesLoading() {
  return (
    <LoadingFrame>
      <div className="flex gap-6">
        <div className="grid w-full gap-3 lg:max-w-80">
          <Skeleton className="h-9 w-full" />
          <Skeleton className="h-14 w-full" />
          <Skeleton className="h-14 w-full" />
          <Skeleton className="h-14 w-full" />
        </div>
        <div className="hidden flex-1 content-end gap-4 lg:grid">
          <Skeleton className="h-10 w-2/3" />
          <Skeleton className="h-16 w-1/2" />
          <Skeleton className="h-24 w-full" />
        </div>
      </div>
    </LoadingFrame>
  );
}
