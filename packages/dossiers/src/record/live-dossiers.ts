import type { LiveList } from "@mgs/records/lists/live-list";
import { findReaders } from "../access.repository";
import { can } from "../permissions";

/** Parts of a dossier of which its row in a list shows nothing. */
const UNSHOWN = /^(?:piece|document)-/;

/** The list of dossiers while it is open. Who has lost a dossier by the change is told of it too: it leaves their list. */
export const liveDossiers: LiveList = {
  seesAll: (actor) => can(actor, "dossiers.read-all"),
  shows: ({ op }) => !UNSHOWN.test(op),
  async readersOf(database, id, { fields, details }) {
    const { userIds, roles } = await findReaders(database, Number(id));
    const before = [fields.assignee_id?.[0], details.user_id].filter((one) => typeof one === "number");
    return { userIds: [...new Set([...userIds, ...before])], roles };
  },
};
