import type { NewOutboxRow } from "@mgs/jobs/outbox-kind";
import { peopleMoved } from "../outbox-kinds";
import type { RoleRow } from "./roles.repository";

/** People whose sign-ins one transaction ends. */
const BATCH_SIZE = 100;

/** Rows by which people hear that they have another role, and their sign-ins end. @param at when they got it */
export function peopleMovedRows(ids: readonly number[], role: RoleRow, at: Date): NewOutboxRow[] {
  const names = { fr: role.nameFr, en: role.nameEn };
  return Array.from({ length: Math.ceil(ids.length / BATCH_SIZE) }, (_, batch) =>
    peopleMoved.row({
      payload: {
        user_ids: ids.slice(batch * BATCH_SIZE, (batch + 1) * BATCH_SIZE),
        role: names,
        at: at.toISOString(),
      },
    }),
  );
}
