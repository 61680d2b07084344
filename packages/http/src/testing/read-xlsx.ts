import { strFromU8, unzipSync } from "fflate";

/** A cell as a test compares it. `isText` is false for numbers and dates, which stand as the number that the file has. */
export type XlsxCell = { value: string; isText: boolean; style: number };

const EMPTY: XlsxCell = { value: "", isText: false, style: 0 };
const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"' };

/** Reads the sheets of a workbook by the rules of the format, and independently of the writer's code. */
export function readXlsx(file: Uint8Array): { name: string; rows: XlsxCell[][] }[] {
  const parts = unzipSync(file);
  const textOf = (path: string): string => {
    const part = parts[path];
    if (!part) throw new Error(`the workbook has no ${path}`);
    return strFromU8(part);
  };
  const targets = new Map(
    [...textOf("xl/_rels/workbook.xml.rels").matchAll(/Id="(\w+)"[^>]*?Target="([^"]+)"/g)].map(
      ([, id, target]) => [id, target] as const,
    ),
  );
  return [...textOf("xl/workbook.xml").matchAll(/<sheet name="([^"]*)"[^>]*?r:id="(\w+)"/g)].map(([, name, id]) => ({
    name: decode(name ?? ""),
    rows: readRows(textOf(`xl/${targets.get(id ?? "")}`)),
  }));
}

/** Cells stand where their places say; what has none is empty. */
function readRows(xml: string): XlsxCell[][] {
  const rows = [...xml.matchAll(/<row r="(\d+)">(.*?)<\/row>/gs)].map(([, , row = ""]) => {
    const cells: XlsxCell[] = [];
    for (const [, attributes = "", content = ""] of row.matchAll(/<c\b([^>]*?)>(.*?)<\/c>/gs)) {
      const letters = /r="([A-Z]+)\d+"/.exec(attributes)?.[1] ?? "A";
      const place = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
      const text = /<t[^>]*>(.*?)<\/t>/s.exec(content)?.[1];
      cells[place] = {
        value: decode(text ?? /<v>(.*?)<\/v>/.exec(content)?.[1] ?? ""),
        isText: attributes.includes('t="inlineStr"'),
        style: Number(/s="(\d+)"/.exec(attributes)?.[1] ?? 0),
      };
    }
    return cells;
  });
  const width = Math.max(0, ...rows.map((row) => row.length));
  return rows.map((row) => Array.from({ length: width }, (_, index) => row[index] ?? EMPTY));
}

const decode = (text: string): string =>
  text
    .replace(/&(amp|lt|gt|quot);/g, (_, name: string) => ENTITIES[name] ?? "")
    .replace(/_x([0-9A-F]{4})_/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
