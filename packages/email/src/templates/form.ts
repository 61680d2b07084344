/** Where a text goes in a form. Private-use characters: no template writes them, and no escaping changes them. */
export const slot = (name: string): string => `\uE000${name}\uE001`;

const SLOT = /\uE000([a-z]+)\uE001/gi;
const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#x27;",
};

/** Text as HTML's text or as a quoted attribute's value, escaped as React does. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? "");

/** Fills a form's slots with HTML, all in one pass: a value that looks like a slot stays as it is. */
export function fillSlots(form: string, html: Readonly<Record<string, string>>): string {
  return form.replace(SLOT, (unknown, name: string) => html[name] ?? unknown);
}
