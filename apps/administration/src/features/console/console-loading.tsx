import { Card } from "@mgs/ui/card";
import { Skeleton } from "@mgs/ui/skeleton";

/** The placeholder of a console page while it loads. */
export function ConsoleLoading() {
  return (
    <div aria-busy>
      <div className="mb-6 flex flex-col gap-2">
        <Skeleton className="h-9 w-64 max-w-full" />
        <Skeleton className="h-5 w-96 max-w-full" />
      </div>
      <Skeleton className="mb-4 h-10 w-80 max-w-full" />
      <Card className="divide-y divide-line">
        {Array.from({ length: 8 }, (_, row) => (
          <div key={row} className="flex min-h-16 items-center gap-6 px-4 sm:px-6">
            <Skeleton className="h-4 flex-1" />
            <Skeleton className="h-4 w-24 max-sm:hidden" />
            <Skeleton className="h-5 w-20" />
          </div>
        ))}
      </Card>
    </div>
  );
}
