import { dashboardPath } from "@mgs/core/portal-links";
import { redirect } from "next/navigation";

export default function HomePage(): never {
  redirect(dashboardPath());
}
