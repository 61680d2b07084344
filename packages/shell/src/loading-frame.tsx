"use client";
import { Skeleton } from "@mgs/ui/skeleton";
import type { ReactNode } from "react";
import { useTranslations } from "./intl";

/** What stands in the place of a page until it has come: its head, and below it what the page will have. */
export function LoadingFrame({ children }: { children: ReactNode }) {
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
