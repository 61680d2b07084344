import type { UserActor } from "@mgs/core/actor";
import { refusal } from "@mgs/identity/testing/use-staff-stage";
import { describe, expect, it } from "vitest";
import { listMessages } from "../messages/list-messages";
import { useMessagingStage } from "../testing/use-messaging-stage";
import { changeConversation } from "./change-conversation";
import { addPeople, removePerson } from "./change-people";
import { getConversation } from "./get-conversation";
import { listConversations, listConversationsOf } from "./list-conversations";
import { openConversation } from "./open-conversation";

const stage = useMessagingStage();

async function threePeople() {
  return [
    await stage.add("Hery", "h@mgs.mg"),
    await stage.add("Aina", "a@mgs.mg"),
    await stage.add("Zo", "z@mgs.mg"),
  ] as const;
}
const titles = async (actor: UserActor, query: object = {}) =>
  (await listConversations(stage.deps(), actor, query)).conversations.map(({ title }) => title);
const texts = async (actor: UserActor, id: number) =>
  (await listMessages(stage.deps(), actor, id, {})).messages.map(({ kind, content }) =>
    kind === "text" ? content : kind,
  );

describe("a conversation", () => {
  it("of two people is always the same one, also when both open it at once", async () => {
    const [hery, aina] = await threePeople();
    const both = await Promise.all([
      stage.open(hery, [aina]),
      stage.open(aina, [hery]),
      stage.open(hery, [aina, hery]),
    ]);
    expect(new Set(both.map(({ id }) => id)).size).toBe(1);
    expect([both[0]?.title, both[1]?.title, both[0]?.is_pair]).toEqual(["Aina", "Hery", true]);
    expect((await openConversation(stage.deps(), hery, { user_ids: [aina.userId] })).created).toBe(false);
  });

  it("of more people is a new one each time, and the same for a repetition", async () => {
    const [hery, aina, zo] = await threePeople();
    const first = await stage.open(hery, [aina, zo]);
    expect((await stage.open(hery, [aina, zo])).id).not.toBe(first.id);
    const input = { user_ids: [aina.userId, zo.userId], name: "Budget" };
    const key = { idempotencyKey: "k1" };
    const [one, again] = [
      await openConversation(stage.deps(), hery, input, key),
      await openConversation(stage.deps(), hery, input, key),
    ];
    expect([one.created, again.created, again.conversation.id]).toEqual([true, false, one.conversation.id]);
    expect(one.conversation.title).toBe("Budget");
  });

  it("about a record is for those who see it; the right one is opened again", async () => {
    const [hery, aina, zo] = await threePeople();
    const readers = stage.record("1", hery, aina);
    const about = { subject: { type: "dossier", id: "1" } };
    const opened = await stage.open(hery, [aina], about);
    expect(opened.subject).toEqual({
      ...{ type: "dossier", id: "1", title: "Dossier 1", href: "http://localhost:3002/dossiers/1" },
    });
    expect((await stage.open(aina, [hery], about)).id).toBe(opened.id);
    expect((await stage.open(aina, [], about)).id).toBe(opened.id);
    expect((await stage.open(hery, [aina])).id).not.toBe(opened.id);
    const refused = openConversation(stage.deps(), hery, { user_ids: [zo.userId], ...about });
    await expect(refused).rejects.toMatchObject({
      ...{ code: "VALIDATION_ERROR", data: { without_access: [{ id: zo.userId, name: "Zo" }] } },
    });
    expect(await refusal(stage.open(zo, [hery], about))).toBe("SUBJECT_NOT_FOUND");
    expect(await refusal(addPeople(stage.deps(), hery, String(opened.id), { user_ids: [zo.userId] }))).toBe(
      "VALIDATION_ERROR",
    );
    // Whoever loses the record loses what was written about it, and has it again with the record.
    readers.delete(aina.userId);
    expect(await refusal(getConversation(stage.deps(), aina, opened.id))).toBe("CONVERSATION_NOT_FOUND");
    expect(await titles(aina)).toEqual(["Hery"]);
    expect((await getConversation(stage.deps(), hery, opened.id)).members.map(({ name }) => name)).toEqual(["Hery"]);
    readers.add(aina.userId);
    expect((await getConversation(stage.deps(), aina, opened.id)).members.length).toBe(2);
  });

  it("shows who joins what is written from then on, or what the one who adds sees", async () => {
    const [hery, aina, zo] = await threePeople();
    const last = await stage.add("Fidy", "f@mgs.mg");
    const { id } = await stage.open(hery, [aina], { name: "Budget" });
    await stage.post(hery, { id }, "avant");
    await addPeople(stage.deps(), hery, String(id), { user_ids: [zo.userId] });
    await stage.post(aina, { id }, "après");
    expect(await texts(zo, id)).toEqual(["added", "après"]);
    const { members } = await getConversation(stage.deps(), hery, id);
    const froms = new Map(members.map((member) => [member.id, member.from_place]));
    expect([hery, aina, zo].map(({ userId }) => froms.get(userId))).toEqual([0, 0, 1]);
    // Zo cannot show Fidy what Zo does not see.
    await addPeople(stage.deps(), zo, String(id), { user_ids: [last.userId], history: true });
    expect(await texts(last, id)).toEqual(["added", "après", "added"]);
    expect(await texts(aina, id)).toEqual(["avant", "added", "après", "added"]);
    await removePerson(stage.deps(), zo, String(id), String(zo.userId));
    expect(await refusal(getConversation(stage.deps(), zo, id))).toBe("CONVERSATION_NOT_FOUND");
    await addPeople(stage.deps(), hery, String(id), { user_ids: [zo.userId], history: true });
    expect(await texts(zo, id)).toEqual(["avant", "added", "après", "added", "left", "added"]);
  });

  it("lets its maker take people out, or who has been in it the longest when they have left", async () => {
    const [hery, aina, zo] = await threePeople();
    const id = String((await stage.open(hery, [aina, zo])).id);
    const remove = (actor: UserActor, person: UserActor) =>
      removePerson(stage.deps(), actor, id, String(person.userId));
    const keepers = async () => {
      const people = [hery, aina, zo];
      const details = await Promise.all(people.map((one) => getConversation(stage.deps(), one, id).catch(() => null)));
      return details.map((one) => one?.may_remove ?? null);
    };
    expect(await refusal(remove(aina, zo))).toBe("FORBIDDEN");
    expect(await keepers()).toEqual([true, false, false]);
    await remove(hery, hery);
    expect(await keepers()).toEqual([null, true, false]);
    expect(await refusal(remove(zo, aina))).toBe("FORBIDDEN");
    await remove(aina, zo);
    expect(await refusal(remove(aina, zo))).toBe("USER_NOT_FOUND");
    const reduced = await stage.database.outbox.findMany({ where: { kind: "sockets.rights-reduced" } });
    expect(reduced.map(({ payload }) => payload)).toEqual([{ user_ids: [hery.userId] }, { user_ids: [zo.userId] }]);
  });

  it("of two people cannot be renamed, left or grown", async () => {
    const [hery, aina, zo] = await threePeople();
    const id = String((await stage.open(hery, [aina])).id);
    const refused = [
      changeConversation(stage.deps(), hery, id, { name: "x" }),
      addPeople(stage.deps(), hery, id, { user_ids: [zo.userId] }),
      removePerson(stage.deps(), hery, id, String(hery.userId)),
    ];
    expect(await Promise.all(refused.map(refusal))).toEqual(["CONFLICT", "CONFLICT", "CONFLICT"]);
  });

  it("is renamed for everybody; muted, pinned and archived for one", async () => {
    const [hery, aina, zo] = await threePeople();
    const id = (await stage.open(hery, [aina, zo])).id;
    const other = await stage.open(hery, [aina]);
    const change = (actor: UserActor, input: object) => changeConversation(stage.deps(), actor, String(id), input);
    await change(aina, { name: "Chantier" });
    await change(aina, { name: "Chantier" });
    expect(await texts(hery, id)).toEqual(["renamed"]);
    stage.pass(1_000);
    await stage.post(aina, other, "x");
    expect(await titles(hery)).toEqual(["Aina", "Chantier"]);
    await change(hery, { pinned: true });
    expect(await titles(hery)).toEqual(["Chantier", "Aina"]);
    await change(hery, { archived: true, pinned: false });
    expect([await titles(hery), await titles(hery, { archived: "true" })]).toEqual([["Aina"], ["Chantier"]]);
    expect(await titles(zo)).toEqual(["Chantier"]);
    // It comes back with its next message.
    stage.pass(1_000);
    await stage.post(zo, { id }, "Alors ?");
    expect(await titles(hery)).toEqual(["Chantier", "Aina"]);
    expect((await change(hery, { muted: true })).conversation).toMatchObject({ muted: true, archived: false });
  });

  it("is listed by pages, and found by names of people and its own", async () => {
    const [hery, aina, zo] = await threePeople();
    for (const name of ["Un", "Deux", "Trois"]) {
      stage.pass(1_000);
      await stage.open(hery, [aina], { name });
    }
    stage.pass(1_000);
    await stage.open(hery, [zo]);
    const pages: string[][] = [];
    let after: string | null = null;
    do {
      const query: object = { limit: "2", ...(after === null ? {} : { after }) };
      const page = await listConversations(stage.deps(), hery, query);
      pages.push(page.conversations.map(({ title }) => title));
      after = page.next;
    } while (after !== null);
    expect(pages).toEqual([
      ["Zo", "Trois"],
      ["Deux", "Un"],
    ]);
    expect(await titles(hery, { search: "tro" })).toEqual(["Trois"]);
    expect(await titles(hery, { search: "zo" })).toEqual(["Zo"]);
    expect(await titles(hery, { search: "aína" })).toEqual(["Trois", "Deux", "Un"]);
    expect(await titles(zo, { search: "trois" })).toEqual([]);
  });

  it("is nobody's who is not in it, whatever their rights, and no administrator reads it in another's place", async () => {
    const [hery, aina] = await threePeople();
    const id = String((await stage.open(hery, [aina])).id);
    expect(await refusal(getConversation(stage.deps(), stage.admin, id))).toBe("CONVERSATION_NOT_FOUND");
    const impersonation = {
      ...{ id: "0193a000-0000-7000-8000-000000000001", expiresAt: new Date() },
      administrator: { id: stage.admin.userId, name: "Voahangy" },
    };
    const other = { ...hery, impersonation };
    const ways = [getConversation(stage.deps(), other, id), listConversations(stage.deps(), other, {})];
    expect(await Promise.all(ways.map(refusal))).toEqual(["IMPERSONATION_REFUSED", "IMPERSONATION_REFUSED"]);
    expect(await refusal(listConversationsOf(stage.deps(), hery, String(aina.userId), {}))).toBe("USER_NOT_FOUND");
    expect((await listConversationsOf(stage.deps(), hery, String(hery.userId), {})).conversations.length).toBe(1);
    for (const wrong of ["0", "-1", "1e3", "9".repeat(20), "x", "1 OR 1=1"])
      expect(await refusal(getConversation(stage.deps(), hery, wrong))).toBe("CONVERSATION_NOT_FOUND");
  });

  it("refuses what nobody can mean", async () => {
    const [hery, aina] = await threePeople();
    const open = (input: unknown) => refusal(openConversation(stage.deps(), hery, input));
    const inputs = [
      ...[{}, { user_ids: [] }, { user_ids: [hery.userId] }, { user_ids: ["x"] }, { user_ids: [999_999] }],
      ...[
        { user_ids: [aina.userId], name: "x".repeat(101) },
        { user_ids: [aina.userId], subject: { type: "x", id: "1" } },
      ],
      ...[
        { user_ids: Array.from({ length: 501 }, (_, index) => index + 1) },
        null,
        [],
        "x",
        { user_ids: [aina.userId], x: 1 },
      ],
    ];
    for (const input of inputs) expect([input, await open(input)]).toEqual([input, "VALIDATION_ERROR"]);
    expect(await stage.database.conversation.count()).toBe(0);
  });
});
