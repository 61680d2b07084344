"use client";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";

/** Refreshes the page when a number in its live part differs from the one that the rest of the page was rendered with. */
export function RefreshWhenChanged({ value }: { value: number }) {
  const router = useRouter();
  const before = useRef(value);
  useEffect(() => {
    if (before.current === value) return;
    before.current = value;
    router.refresh();
  }, [value, router]);
  return null;
}
