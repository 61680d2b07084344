import { MAX_NAME_CHARACTERS } from "../contract/document";
import { MEDIA_TYPES } from "../contract/media-types";

/** What no file name may have on Windows, macOS or Linux, and characters that turn the direction of what follows. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it removes
const FORBIDDEN = /[\u0000-\u001f\u007f-\u009f<>:"|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** The name of a device on Windows, whatever its ending. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/**
 * Makes a name that people may save a file by, of whatever a client sends: the part after the last slash, without what a file system or a
 * reader's eye could be misled by. The file itself is stored under its id.
 */
export function cleanFileName(sent: string): string {
  const base = sent.toWellFormed().normalize("NFC").split(/[/\\]/).at(-1) ?? "";
  const plain = base
    .replace(FORBIDDEN, "")
    .replace(/\s+/g, " ")
    .replace(/^[. ]+|[. ]+$/g, "");
  const named = plain === "" ? "document" : plain;
  return cut(DEVICE.test(named) ? `_${named}` : named);
}

/** Gives a name an ending of its file's type, where it has another: `facture.pdf` that is a picture becomes `facture.pdf.png`. */
export function withExtension(name: string, mediaType: string): string {
  const extensions: readonly string[] = MEDIA_TYPES[mediaType]?.extensions ?? [];
  const [first] = extensions;
  if (first === undefined || extensions.includes(extensionOf(name))) return name;
  return `${cut(name, MAX_NAME_CHARACTERS - first.length - 1)}.${first}`;
}

/** The ending of a name in lower case; empty without one. */
export function extensionOf(name: string): string {
  return /\.([^.]{1,10})$/.exec(name)?.[1]?.toLowerCase() ?? "";
}

/** Makes the names of an archive's entries: of several alike each further one has a number, whatever their case. */
export function distinctNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const end = extensionOf(name) === "" ? name.length : name.lastIndexOf(".");
    for (let number = 1; ; number++) {
      const candidate = number === 1 ? name : `${name.slice(0, end)} (${number})${name.slice(end)}`;
      const key = candidate.toLowerCase();
      if (taken.has(key)) continue;
      taken.add(key);
      return candidate;
    }
  });
}

/** Cuts a name before its ending, between characters as people see them. */
function cut(name: string, max = MAX_NAME_CHARACTERS): string {
  if (name.length <= max) return name;
  const extension = extensionOf(name);
  const ending = extension === "" ? "" : `.${extension}`;
  let stem = "";
  for (const { segment } of new Intl.Segmenter().segment(name.slice(0, name.length - ending.length))) {
    if (stem.length + segment.length + ending.length > max) break;
    stem += segment;
  }
  return `${stem}${ending}`;
}
