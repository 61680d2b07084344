/** Splits a name into what older clients show apart: the last word, and those before it. */
export function splitName(name: string): { firstname: string; lastname: string } {
  const words = name.trim().split(/\s+/);
  const lastname = words.pop() ?? "";
  return { firstname: words.join(" "), lastname };
}
