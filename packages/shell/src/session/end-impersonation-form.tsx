"use client";
import { endImpersonationPath } from "@mgs/core/portal-links";
import type { ReactNode } from "react";
import { markLeaving } from "../page-session";

/** The form that ends what an administrator does in a person's name. The browser posts it, with scripts or without. */
export function EndImpersonationForm({ children }: { children: ReactNode }) {
  return (
    <form method="post" action={endImpersonationPath()} onSubmit={markLeaving}>
      {children}
    </form>
  );
}
