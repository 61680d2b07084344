"use client";
import { toast } from "sonner";
import { ToastCard } from "./toast-card";

/** Says what became of something the reader did. */
export function say(title: string, tone: "news" | "danger" = "news"): void {
  toast.custom((id) => <ToastCard id={id} tone={tone} title={title} />);
}
