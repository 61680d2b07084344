import { postComment } from "@mgs/comments/record/post-comment";
import { useCommentStage } from "@mgs/comments/testing/use-comment-stage";
import type { UserActor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { keepDraft, listDrafts } from "@mgs/writing/drafts/drafts";
import { beforeEach, describe, expect, it } from "vitest";
import { createDraftKeeper, type DraftKeeper, type KeptField, parseKeptField } from "./draft-keeper";

const stage = useCommentStage();
const { subject } = stage;
const NOTHING = { text: "", mentioned: [] };
const typed = (text: string) => ({ text, mentioned: [] });

/** What the network does with the next request. */
type Fate = "well" | "lost" | "answer-lost";

type Device = { keeper: DraftKeeper; fate: Fate; kept: KeptField | null };

/** A field of one person on one device, over the real use cases. */
function device(actor: UserActor, { place = "", initial = NOTHING, kept = null as KeptField | null } = {}): Device {
  const one = { fate: "well", kept } as Device;
  const reach = <T>(call: () => Promise<T>): Promise<T> => {
    if (one.fate === "lost") return Promise.reject(new TypeError("no network"));
    return call().then((answer) => {
      if (one.fate === "answer-lost") throw new TypeError("no answer");
      return answer;
    });
  };
  one.keeper = createDraftKeeper(
    {
      read: () =>
        reach(async () => {
          const drafts = await listDrafts(stage.deps(), actor, subject, "1");
          return drafts.find((draft) => draft.place === place) ?? null;
        }),
      write: (draft) =>
        reach(async () => {
          try {
            return (await keepDraft(stage.deps(), actor, subject, "1", { place, ...draft }))?.version ?? 0;
          } catch (error) {
            if (error instanceof AppError && error.code === "EDIT_CONFLICT") return "conflict";
            throw error;
          }
        }),
      keep: (field) => {
        one.kept = field;
      },
      newWriter: () => crypto.randomUUID(),
      onChange: () => undefined,
    },
    initial,
  );
  if (kept) one.keeper.restore(kept);
  return one;
}

let hery: UserActor;
beforeEach(async () => {
  hery = await stage.add("Hery", `hery-${crypto.randomUUID()}@mgs.mg`);
  stage.open("1", hery);
});

const open = async (options: Parameters<typeof device>[1] = {}): Promise<Device> => {
  const one = device(hery, options);
  await one.keeper.sync();
  return one;
};
const type = async ({ keeper }: Device, text: string): Promise<void> => {
  keeper.type(typed(text));
  await keeper.save();
};
const textOf = ({ keeper }: Device) => keeper.get().typed.text;
const stored = async () => (await listDrafts(stage.deps(), hery, subject, "1")).map(({ content }) => content);

describe("a draft on two devices", () => {
  it("follows its author, and an older one that a browser has kept does not come back over it", async () => {
    const desk = await open();
    await type(desk, "Au bureau");
    const phone = await open();
    expect(textOf(phone)).toBe("Au bureau");
    // The phone's clock is a year behind.
    stage.setNow(new Date("2025-11-30T09:00:00Z"));
    await type(phone, "Au bureau, puis au téléphone");
    const back = await open({ kept: desk.kept });
    expect([textOf(back), back.keeper.get().other]).toEqual(["Au bureau, puis au téléphone", null]);
    // A page that was left open sees it as well, when it is looked at again.
    await desk.keeper.sync();
    expect(textOf(desk)).toBe("Au bureau, puis au téléphone");
  });

  it("that was typed on without a network stands beside the other, until the author chooses", async () => {
    const desk = await open();
    await type(desk, "Début");
    const phone = await open();
    phone.fate = "lost";
    await type(phone, "Début, dans le bus");
    await type(desk, "Début, au bureau");
    phone.fate = "well";
    const reloaded = await open({ kept: phone.kept });
    expect([textOf(reloaded), reloaded.keeper.get().other?.content]).toEqual([
      "Début, dans le bus",
      "Début, au bureau",
    ]);
    // Nothing is overwritten before, however long they type on.
    await type(reloaded, "Début, dans le bus, suite");
    expect(await stored()).toEqual(["Début, au bureau"]);
    await reloaded.keeper.keepOwn();
    expect(await stored()).toEqual(["Début, dans le bus, suite"]);

    desk.keeper.type(typed("Début, au bureau, suite"));
    await desk.keeper.save();
    expect(desk.keeper.get().other?.content).toBe("Début, dans le bus, suite");
    desk.keeper.takeOther();
    expect([textOf(desk), desk.keeper.get().other]).toEqual(["Début, dans le bus, suite", null]);
    await type(desk, "Début, dans le bus, suite et fin");
    expect(await stored()).toEqual(["Début, dans le bus, suite et fin"]);
  });

  it("is not offered to its own author as another's when the answers to what they typed were lost", async () => {
    const desk = await open();
    desk.fate = "answer-lost";
    await type(desk, "Un");
    await type(desk, "Un deux");
    desk.fate = "well";
    const reloaded = await open({ kept: desk.kept });
    await type(reloaded, "Un deux trois");
    expect([await stored(), reloaded.keeper.get().other]).toEqual([["Un deux trois"], null]);
  });

  it("that was sent or emptied on one leaves the other; what was typed there since stays", async () => {
    const desk = await open();
    await type(desk, "Envoyé");
    const [phone, tablet] = [await open(), await open()];
    tablet.fate = "lost";
    await type(tablet, "Envoyé, mais pas tout");
    await desk.keeper.clear();
    await postComment(stage.deps(), hery, subject, "1", { content: "Envoyé" });
    await phone.keeper.sync();
    expect([textOf(phone), phone.kept]).toEqual(["", null]);
    tablet.fate = "well";
    await tablet.keeper.sync();
    expect([textOf(tablet), await stored()]).toEqual(["Envoyé, mais pas tout", ["Envoyé, mais pas tout"]]);
  });

  it("that was sent without a network does not come back into the field", async () => {
    const desk = await open();
    await type(desk, "Il faud");
    desk.fate = "lost";
    await type(desk, "Il faudrait");
    await desk.keeper.clear();
    desk.fate = "well";
    await desk.keeper.sync();
    expect([textOf(desk), await stored()]).toEqual(["", []]);
  });
});

describe("a draft", () => {
  it("of an edit begins with the comment, and is none until something is changed", async () => {
    const { id } = await stage.post(hery, "1", "Avant");
    const edit = { place: `edit:${id}`, initial: typed("Avant") };
    const desk = await open(edit);
    expect([textOf(desk), await stored()]).toEqual(["Avant", []]);
    await type(desk, "Avant, corrigé");
    const phone = await open(edit);
    expect(textOf(phone)).toBe("Avant, corrigé");
    await type(phone, "Avant");
    expect([phone.kept, await stored()]).toEqual([null, []]);
  });

  it("that the release before has kept is read, and other things are not", () => {
    expect(parseKeptField(typed("Ancien"), () => "w")).toEqual({
      ...{ text: "Ancien", mentioned: [], base: 0, isSaved: false, writer: "w" },
    });
    expect(parseKeptField({ text: 5 }, () => "w")).toBeNull();
  });
});
