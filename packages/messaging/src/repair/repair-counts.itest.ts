import { createLogger } from "@mgs/core/logger";
import { describe, expect, it } from "vitest";
import { changeConversation } from "../conversations/change-conversation";
import { addPeople } from "../conversations/change-people";
import { deleteMessage } from "../messages/delete-message";
import { readConversation } from "../reading/read-conversation";
import { NOON, useMessagingStage } from "../testing/use-messaging-stage";
import { repairCounts } from "./repair-counts";

const stage = useMessagingStage();
const repair = () => repairCounts({ database: stage.database, logger: createLogger("test", "silent") }, NOON);

async function conversation() {
  const [hery, aina, zo] = [
    await stage.add("Hery", "h@mgs.mg"),
    await stage.add("Aina", "a@mgs.mg"),
    await stage.add("Zo", "z@mgs.mg"),
  ];
  const { id } = await stage.open(hery, [aina], { name: "Budget" });
  return { hery, aina, zo, id, at: String(id) };
}

describe("the repair of counts", () => {
  it("finds nothing after whatever people do, also at once", async () => {
    const { hery, aina, zo, id, at } = await conversation();
    const first = await stage.post(hery, { id }, "un");
    await Promise.all([
      ...Array.from({ length: 10 }, (_, index) => stage.post(index % 2 === 0 ? hery : aina, { id }, `n° ${index}`)),
      readConversation(stage.deps(), aina, at, {}),
      addPeople(stage.deps(), hery, at, { user_ids: [zo.userId] }),
      changeConversation(stage.deps(), aina, at, { name: "Chantier", archived: true }),
      deleteMessage(stage.deps(), hery, at, first.id),
      readConversation(stage.deps(), hery, at, {}),
    ]);
    await readConversation(stage.deps(), zo, at, {});
    expect(await repair()).toEqual({ newest: 0, members: 0, behind: 0 });
  });

  it("mends what somebody has changed by hand, and names what it cannot mend", async () => {
    const { hery, aina, id } = await conversation();
    await stage.post(hery, { id }, "un");
    await stage.post(hery, { id }, "deux");
    await stage.database.conversation.update({ where: { id }, data: { lastPlace: 1 } });
    expect(await repair()).toEqual({ newest: 1, members: 0, behind: 0 });
    const member = { conversationId_userId: { conversationId: id, userId: aina.userId } };
    await stage.database.conversationMember.update({ where: member, data: { readPlace: 99 } });
    await stage.database.changeHead.updateMany({ where: { stream: "messages" }, data: { seq: 1 } });
    expect(await repair()).toEqual({ newest: 0, members: 1, behind: 1 });
    expect(await stage.database.conversation.findUnique({ where: { id } })).toMatchObject({ lastPlace: 2n });
    expect((await stage.database.conversationMember.findUnique({ where: member }))?.readPlace).toBe(2n);
  });
});
