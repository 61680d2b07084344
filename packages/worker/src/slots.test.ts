import { describe, expect, it } from "vitest";
import { createSlots } from "./slots";

/** Work that ends when it is told to. */
function pieces() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  return {
    begun,
    work: (name: string) => () => {
      begun.push(name);
      return new Promise<void>((resolve) => ends.set(name, resolve));
    },
    end: (name: string) => ends.get(name)?.(),
  };
}

describe("slots", () => {
  it("hold so much work side by side and no more, in the order of coming", async () => {
    const { begun, work, end } = pieces();
    const slots = createSlots(2);
    const asked = ["a", "b", "c", "d"].map((name) => slots.begin(work(name)));
    await Promise.all(asked.slice(0, 2));
    expect(begun).toEqual(["a", "b"]);
    end("b");
    await asked[2];
    expect(begun).toEqual(["a", "b", "c"]);
    end("a");
    await asked[3];
    expect(begun).toEqual(["a", "b", "c", "d"]);
  });

  it("tell when nothing is under way any more", async () => {
    const { work, end } = pieces();
    const slots = createSlots(1);
    await slots.idle();
    await slots.begin(work("a"));
    const next = slots.begin(work("b"));
    let idle = false;
    const waited = slots.idle().then(() => {
      idle = true;
    });
    end("a");
    await next;
    expect(idle).toBe(false);
    end("b");
    await waited;
  });
});
