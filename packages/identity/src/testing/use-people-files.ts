import type { UserActor } from "@mgs/core/actor";
import { checkPeopleFile } from "../people-imports/check-people-file";
import type { LineOutcome } from "../people-imports/import-line";
import { showPeopleImport } from "../people-imports/show-people-import";
import { useStaffStage } from "./use-staff-stage";

type CheckOptions = { actor?: UserActor; role?: string };

/** The stage of staff, on which files of people are checked, by its administrator unless another one is named, and looked at. */
export function usePeopleFiles() {
  const staff = useStaffStage();
  const deps = () => ({ ...staff.deps(), holdings: [] });
  return {
    staff,
    deps,
    check: (text: string | Buffer, { actor = staff.admin, role }: CheckOptions = {}) =>
      checkPeopleFile(deps(), actor, { bytes: Buffer.from(text), name: "équipe.csv", defaultRole: role }),
    /** Lines with one of these outcomes; the bad ones without any. */
    show: (importId: string, ...outcomes: LineOutcome[]) =>
      showPeopleImport(deps(), staff.admin, { importId, outcomes: outcomes.length > 0 ? outcomes : ["bad"], after: 0 }),
  };
}
