import { type Block, type Inline, parseMarkdown } from "@mgs/writing/contract/markdown";

/** Characters that nobody sees, which would hide a word from a comparison; and accents. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{M}]/gu;

/**
 * A text as it is compared: its words with a space between, in small letters, without accents and without what nobody sees.
 * @returns empty for a text without a word
 */
export function foldPhrase(text: string): string {
  return (
    text
      .normalize("NFKD")
      .replace(UNSEEN, "")
      // Capitals first: `ß` and `SS` are one to readers.
      .toUpperCase()
      .toLowerCase()
      .replaceAll("œ", "oe")
      .replaceAll("æ", "ae")
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word !== "")
      .join(" ")
  );
}

/**
 * Whether a comment has one of these phrases, as it is typed or as it is read: marks within a word are not seen by readers.
 * @param phrases as {@link foldPhrase} makes them; their words stand in a comment one after the other, and are whole words there
 */
export function hasPhrase(content: string, phrases: readonly string[]): boolean {
  if (phrases.length === 0) return false;
  const texts = [content, textOfBlocks(parseMarkdown(content))].map((text) => ` ${foldPhrase(text)} `);
  return phrases.some((phrase) => texts.some((text) => text.includes(` ${phrase} `)));
}

const textOfLines = (lines: readonly (readonly Inline[])[]): string => lines.map(textOfInlines).join("\n");

function textOfBlocks(blocks: readonly Block[]): string {
  return blocks
    .map((block) => {
      if (block.kind === "quote") return textOfBlocks(block.children);
      return textOfLines(block.kind === "list" ? block.items : block.lines);
    })
    .join("\n");
}

function textOfInlines(inlines: readonly Inline[]): string {
  return inlines.map((inline) => ("text" in inline ? inline.text : textOfInlines(inline.children))).join("");
}
