import type { UserActor } from "@mgs/core/actor";
import { uuidv7 } from "@mgs/core/ids";
import { afterAll, beforeAll, expect, it } from "vitest";
import { deleteNotification } from "./delete-notification";
import { listInbox } from "./list-inbox";
import { markAllRead } from "./mark-all-read";
import { createFixture, type Fixture, person, receiveNotifications } from "./testing/fixture";
import { updateNotification } from "./update-notification";

let fixture: Fixture;
beforeAll(async () => {
  fixture = await createFixture();
});
afterAll(() => fixture.test.drop());

it("an administrator who acts in a person's name reads the inbox, and marks, archives and deletes nothing", async () => {
  const { deps } = fixture;
  const [id = ""] = await receiveNotifications(fixture, 1, 1);
  const administrator = { id: 2, name: "V" };
  const actor: UserActor = {
    ...(person(1) as UserActor),
    impersonation: { id: uuidv7(), administrator, expiresAt: new Date(Date.now() + 60_000) },
  };
  const refused = { code: "IMPERSONATION_REFUSED" };
  for (const mark of [{ read: true }, { read: false }, { archived: true }])
    await expect(updateNotification(deps, actor, id, mark)).rejects.toMatchObject(refused);
  await expect(markAllRead(deps, actor)).rejects.toMatchObject(refused);
  await expect(deleteNotification(deps, actor, id)).rejects.toMatchObject(refused);
  const { items } = await listInbox(deps, actor);
  expect(items).toMatchObject([{ id, read_at: null, archived_at: null }]);
});
