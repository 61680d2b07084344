import { PORTALS } from "@mgs/core/portals";
import { urlOf } from "./support/instance";
import { ADMIN, person } from "./support/people";
import { expect, test } from "./support/test";

/** The most common width of phones, and the narrowest. */
const WIDTHS_PX = [360, 320];

for (const [language, who] of [
  ["French", ADMIN],
  ["English", person("Isabelle Fontaine")],
] as const) {
  test(`the bottom navigation of a phone shows its labels uncut: ${language}`, async ({ signedIn }) => {
    const page = await (await signedIn(who, { viewport: { width: 360, height: 700 } })).newPage();
    for (const portal of PORTALS.filter((name) => who === ADMIN || name !== "administration")) {
      await page.goto(`${urlOf(portal)}/dashboard`);
      const bar = page.getByRole("navigation").filter({ visible: true });
      await expect(bar).toHaveCount(1);
      for (const width of WIDTHS_PX) {
        await page.setViewportSize({ width, height: 700 });
        const entries = await bar.locator("> a, > button").evaluateAll((all) =>
          all.map((entry) => {
            const text = document.createRange();
            text.selectNodeContents(entry.querySelector("span") ?? entry);
            const [written, box] = [text.getBoundingClientRect(), entry.getBoundingClientRect()];
            return {
              text: entry.textContent,
              name: entry.getAttribute("aria-label") ?? entry.textContent,
              lines: text.getClientRects().length,
              room: box.width - written.width,
              cut: [...entry.querySelectorAll("span")].some((part) => part.scrollWidth > part.clientWidth),
            };
          }),
        );
        expect(entries.length).toBeGreaterThanOrEqual(3);
        for (const { text, name, room, cut, lines } of entries) {
          const entry = `${text} (${portal}, ${width} px)`;
          expect.soft(room, `room for ${entry}`).toBeGreaterThanOrEqual(0);
          expect.soft(cut, `cut: ${entry}`).toBe(false);
          expect.soft(lines, `lines of ${entry}`).toBe(1);
          expect.soft(name, `who says "${text}" means this entry`).toContain(text);
        }
        const dashboard = who === ADMIN ? "Tableau de bord" : "Dashboard";
        await expect(bar.getByRole("link", { name: dashboard, exact: true })).toBeVisible();
      }
    }
  });
}
