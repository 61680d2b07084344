import { reportProcess } from "@mgs/observability/processes/this-process";
import { ok, type Reply } from "../reply";

/** `GET /apps/:id/process`: describes this process, for the health page. Signed like every publisher's request. */
export function showProcess(): Reply {
  return ok(reportProcess());
}
