import type { Holdings } from "@mgs/module/holdings";
import type { SubjectAccess } from "@mgs/module/subject-access";
import { portal } from "../../portal";

/** What people hold in each domain. */
export function holdings(): Holdings[] {
  return portal.modules.flatMap(({ holdings: held = [] }) => held);
}

/** Who may open the records of each domain. */
export function subjects(): SubjectAccess[] {
  return portal.modules.flatMap(({ subjects: found = [] }) => found);
}
