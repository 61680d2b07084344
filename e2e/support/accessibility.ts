import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { twMerge } from "tailwind-merge";
import { expectStreamed } from "./streamed";

const SCHEMES = ["light", "dark"] as const;
const HEIGHT_PX = 800;

/** The widths of a desktop and of a narrow phone. */
export const WIDTHS_PX = [1280, 360] as const;

/**
 * Expects that axe finds nothing in light and dark, and that nothing is wider than the window. The theme is CSS alone, so the
 * page is not loaded again.
 */
export async function expectAccessible(page: Page, name: string): Promise<void> {
  // A page's title is streamed to it, and may come after what stands on it.
  await expect(page, `the title of ${name}`).toHaveTitle(/\S/);
  await expectStreamed(page);
  await expectOneClassEach(page, name);
  for (const colorScheme of SCHEMES) {
    // A toast that comes in the middle of the analysis would fade in: a half-transparent text has less contrast for a moment.
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await waitForTransitions(page);
    const view = `${name}, ${colorScheme}, ${page.viewportSize()?.width} px`;
    // The pages have no frames, so axe does not need its own page to collect results.
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join("\n  ")}`);
    expect.soft(found, `axe on ${view}`).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect.soft(overflow, `pixels that ${view} scrolls sideways`).toBeLessThanOrEqual(0);
  }
  await page.emulateMedia({ reducedMotion: null });
}

/** Expects that no element has two Tailwind classes for one property: the order in the style sheet would decide between them. */
async function expectOneClassEach(page: Page, name: string): Promise<void> {
  const elements = page.locator("[class]");
  const classes = new Set(await elements.evaluateAll((all) => all.map((one) => one.getAttribute("class") ?? "")));
  const dropped = [...classes].flatMap((all) => {
    const merged = new Set(twMerge(all).split(" "));
    const lost = all.split(/\s+/).filter((one) => one !== "" && !merged.has(one));
    return lost.length > 0 ? [`${lost.join(" ")} in "${all}"`] : [];
  });
  expect.soft(dropped, `classes that another one overrides on ${name}`).toEqual([]);
}

/** Expects the same at every width, for content that does not depend on the width. */
export async function expectAccessibleAtAllWidths(page: Page, name: string): Promise<void> {
  for (const width of WIDTHS_PX) {
    await page.setViewportSize({ width, height: HEIGHT_PX });
    await expectAccessible(page, name);
  }
}

/** Waits until transitions have ended, since their colours are no colours of the theme; a transition begins with the next frame. */
async function waitForTransitions(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await frame();
    await frame();
    // Within closed `details` nothing is rendered, and no transition ends.
    const isShown = ({ effect }: Animation) =>
      !(effect instanceof KeyframeEffect) || effect.target === null || effect.target.checkVisibility();
    await Promise.allSettled(
      document
        .getAnimations()
        .filter(isShown)
        .map(({ finished }) => finished),
    );
  });
}
