import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Block, type Inline, parseInline, parseMarkdown, safeHref } from "./markdown";

const text = (one: string): Inline => ({ kind: "text", text: one });

/** All inlines of a tree, and how deep it is. */
function walk(nodes: readonly (Block | Inline)[], depth = 1): { inlines: Inline[]; depth: number } {
  const inlines: Inline[] = [];
  let deepest = nodes.length === 0 ? depth - 1 : depth;
  for (const node of nodes) {
    if (node.kind !== "paragraph" && node.kind !== "list" && node.kind !== "quote") inlines.push(node);
    const below =
      node.kind === "paragraph"
        ? node.lines.flat()
        : node.kind === "list"
          ? node.items.flat()
          : "children" in node
            ? (node.children as (Block | Inline)[])
            : [];
    const inner = walk(below, depth + 1);
    inlines.push(...inner.inlines);
    deepest = Math.max(deepest, inner.depth);
  }
  return { inlines, depth: deepest };
}

describe("parseMarkdown", () => {
  test("knows bold, italic, code, links, lists and quotes", () => {
    const source =
      "Bonjour **à _tous_**, `x*y*`\nvoir [ici](https://a.mg/x)\n\n- un\n- *deux*\n1. a\n> cité\n> > deux fois";
    expect(parseMarkdown(source)).toEqual([
      {
        kind: "paragraph",
        lines: [
          [
            text("Bonjour "),
            { kind: "strong", children: [text("à "), { kind: "emphasis", children: [text("tous")] }] },
            text(", "),
            { kind: "code", text: "x*y*" },
          ],
          [text("voir "), { kind: "link", href: "https://a.mg/x", children: [text("ici")] }],
        ],
      },
      { kind: "list", ordered: false, items: [[text("un")], [{ kind: "emphasis", children: [text("deux")] }]] },
      { kind: "list", ordered: true, items: [[text("a")]] },
      {
        kind: "quote",
        children: [
          { kind: "paragraph", lines: [[text("cité")]] },
          { kind: "quote", children: [{ kind: "paragraph", lines: [[text("deux fois")]] }] },
        ],
      },
    ]);
  });

  test.each(["max_file_size", "2 * 3 * 4", "**", "` `` ", "[x]", "[x](", "snake_case_name", "a ** b ** c", "<b>x</b>"])(
    "leaves %s as it was typed",
    (line) => {
      expect(
        parseInline(line)
          .map((one) => (one.kind === "code" ? `\`${one.text}\`` : one.kind === "text" ? one.text : "?"))
          .join(""),
      ).toBe(line);
    },
  );

  test("makes links of addresses without marks, and leaves what ends the sentence", () => {
    expect(parseInline("voir https://a.mg/x?y=1, puis ahttp://b.mg")).toEqual([
      text("voir "),
      { kind: "link", href: "https://a.mg/x?y=1", children: [text("https://a.mg/x?y=1")] },
      text(", puis ahttp://b.mg"),
    ]);
  });

  test.each([
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "\u0001javascript:alert(1)",
    " javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "//evil.mg",
    "/dossiers/1",
    "blob:https://a.mg/x",
  ])("%j is no address of a link", (address) => {
    expect(safeHref(address)).toBeNull();
    const links = walk(parseMarkdown(`[x](${address})`)).inlines.flatMap((one) =>
      one.kind === "link" ? one.href : [],
    );
    // Within a text that is no link an address of the web may still be one of its own.
    expect(links.filter((href) => href !== "https://a.mg/x")).toEqual([]);
  });

  test("scripts and images are text", () => {
    for (const source of ["<script>alert(1)</script>", "![x](https://a.mg/x.png)", "<img src=x onerror=alert(1)>"]) {
      const kinds = new Set(walk(parseMarkdown(source)).inlines.map(({ kind }) => kind));
      expect([...kinds].every((kind) => kind === "text" || kind === "link")).toBe(true);
    }
  });

  test("a hundred levels of nesting end at a few, and lose no letter", () => {
    const quotes = parseMarkdown(`${"> ".repeat(100)}fin`);
    expect(walk(quotes).depth).toBeLessThan(12);
    expect(JSON.stringify(quotes)).toContain("fin");
    const marks = `${"*_".repeat(100)}fin${"_*".repeat(100)}`;
    expect(walk(parseMarkdown(marks)).depth).toBeLessThan(12);
    expect(JSON.stringify(parseMarkdown(marks))).toContain("fin");
  });

  test("any text is parsed in little time, with limited depth and safe links alone", () => {
    const piece = fc.constantFrom(
      "*",
      "**",
      "_",
      "`",
      "[",
      "](",
      ")",
      "> ",
      "- ",
      "\n",
      "http://",
      "javascript:",
      "a",
      " ",
      "é",
    );
    const source = fc.oneof(
      fc.string({ maxLength: 1_000 }),
      fc.array(piece, { maxLength: 1_000 }).map((all) => all.join("")),
    );
    fc.assert(
      fc.property(source, (any) => {
        const started = performance.now();
        const { inlines, depth } = walk(parseMarkdown(any));
        expect(performance.now() - started).toBeLessThan(500);
        expect(depth).toBeLessThan(12);
        for (const inline of inlines) if (inline.kind === "link") expect(inline.href).toMatch(/^(https?:\/\/|mailto:)/);
      }),
      { numRuns: 300 },
    );
  });
});
