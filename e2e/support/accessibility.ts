import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { twMerge } from "tailwind-merge";

const SCHEMES = ["light", "dark"] as const;
const HEIGHT = 800;

/** The narrowest phone, and a desk. Pixels. */
export const WIDTHS = [1280, 360] as const;

/**
 * Light and dark: nothing for axe to complain about, and nothing wider than the window. The theme is CSS alone, so
 * a page need not be loaded again for the other one.
 */
export async function expectAccessible(page: Page, name: string): Promise<void> {
  await expectOneClassEach(page, name);
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme });
    await settle(page);
    const view = `${name}, ${colorScheme}, ${page.viewportSize()?.width} px`;
    // Without frames, axe need not carry its results to a page of its own.
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join("\n  ")}`);
    expect.soft(found, `axe on ${view}`).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect.soft(overflow, `pixels that ${view} scrolls sideways`).toBeLessThanOrEqual(0);
  }
}

/** No element with two Tailwind classes for one property: which of them holds would be the style sheet's accident. */
async function expectOneClassEach(page: Page, name: string): Promise<void> {
  const elements = page.locator("[class]");
  const classes = new Set(await elements.evaluateAll((all) => all.map((one) => one.getAttribute("class") ?? "")));
  const dropped = [...classes].flatMap((all) => {
    const kept = new Set(twMerge(all).split(" "));
    const lost = all.split(/\s+/).filter((one) => one !== "" && !kept.has(one));
    return lost.length > 0 ? [`${lost.join(" ")} in "${all}"`] : [];
  });
  expect.soft(dropped, `classes that another one overrides on ${name}`).toEqual([]);
}

/** The same at every width, for what does not change when the window does. */
export async function expectAccessibleAtAllWidths(page: Page, name: string): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: HEIGHT });
    await expectAccessible(page, name);
  }
}

/** Colours between two states of a transition are nobody's colours; a transition begins with the next frame. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await frame();
    await frame();
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
  });
}
