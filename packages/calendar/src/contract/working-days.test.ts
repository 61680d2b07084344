import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addWorkingDays, isWorkingDay } from "./working-days";

const HOLIDAYS = new Set(["2026-12-25", "2027-01-01"]);

describe("addWorkingDays", () => {
  it.each([
    ["2026-11-30", 0, "2026-11-30"],
    ["2026-11-30", 1, "2026-12-01"],
    ["2026-12-04", 1, "2026-12-07"],
    ["2026-12-05", 0, "2026-12-07"],
    ["2026-12-05", 1, "2026-12-07"],
    ["2026-12-24", 1, "2026-12-28"],
    ["2026-12-25", 0, "2026-12-28"],
    ["2026-12-31", 5, "2027-01-08"],
  ])("%s and %i working days is %s", (start, days, end) => {
    expect(addWorkingDays(start, days, HOLIDAYS)).toBe(end);
  });

  it("ends on a working day, with as many between as were asked for", () => {
    const day = fc.integer({ min: 0, max: 4_000 }).map((days) => Temporal.PlainDate.from("2020-01-01").add({ days }));
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 120 }), fc.array(day, { maxLength: 60 }), (start, days, off) => {
        const holidays = new Set(off.map(String));
        const end = Temporal.PlainDate.from(addWorkingDays(start.toString(), days, holidays));
        expect(isWorkingDay(end, holidays)).toBe(true);
        let counted = 0;
        for (
          let each = start.add({ days: 1 });
          Temporal.PlainDate.compare(each, end) <= 0;
          each = each.add({ days: 1 })
        )
          if (isWorkingDay(each, holidays)) counted++;
        expect(counted).toBe(days);
      }),
    );
  });
});
