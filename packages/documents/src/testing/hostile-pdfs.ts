import { deflateSync } from "node:zlib";

type Part = { number: number; dictionary: string; data?: Buffer };

/** Writes a PDF with one page and further objects, which begin with number 4. */
function pdfWith(page: string, parts: readonly Part[]): Buffer {
  const head = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R${page}>>endobj
`;
  const written = parts.map(({ number, dictionary, data }) =>
    data
      ? Buffer.concat([
          Buffer.from(`${number} 0 obj<<${dictionary}/Length ${data.length}>>stream\n`),
          data,
          Buffer.from("\nendstream endobj\n"),
        ])
      : Buffer.from(`${number} 0 obj<<${dictionary}>>endobj\n`),
  );
  return Buffer.concat([Buffer.from(head), ...written, Buffer.from("trailer<</Root 1 0 R>>\n%%EOF\n")]);
}

const BOX = "/MediaBox[0 0 200 200]";
const content = (data: string): Part => ({ number: 4, dictionary: "", data: Buffer.from(data) });

/** A page of A4, red in its upper half, whose script would never end. */
export const RED_PDF: Buffer = pdfWith("/MediaBox[0 0 595 842]/Contents 4 0 R/AA<</O 5 0 R>>", [
  content("1 0 0 rg 0 421 595 421 re f"),
  { number: 5, dictionary: "/S/JavaScript/JS(while\\(true\\){})" },
]);

/** Draws one large picture so often that it takes hours. */
export function slowPdf(): Buffer {
  const side = 4_000;
  const picture = "/Type/XObject/Subtype/Image/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode";
  return pdfWith(`${BOX}/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>`, [
    content("q 190 20 -20 190 9 9 cm /I Do Q ".repeat(20_000)),
    {
      number: 5,
      dictionary: `${picture}/Width ${side}/Height ${side}`,
      data: deflateSync(Buffer.alloc(side * side, 7)),
    },
  ]);
}

/** Twelve forms, each of which draws the next one twelve times. */
export function multiplyingPdf(): Buffer {
  const levels = 12;
  const forms = Array.from({ length: levels }, (_, level): Part => {
    const isLast = level === levels - 1;
    const resources = isLast ? "" : `/XObject<</F ${11 + level} 0 R>>`;
    return {
      ...{ number: 10 + level, dictionary: `/Type/XObject/Subtype/Form/BBox[0 0 200 200]/Resources<<${resources}>>` },
      data: Buffer.from(isLast ? "0 0 100 100 re f" : "/F Do ".repeat(levels)),
    };
  });
  return pdfWith(`${BOX}/Contents 4 0 R/Resources<</XObject<</F 10 0 R>>>>`, [content("/F Do"), ...forms]);
}

/** Some kilobytes that are hundreds of megabytes of drawing. */
export function inflatingPdf(): Buffer {
  const data = deflateSync(deflateSync(Buffer.alloc(400_000_000, "q ")));
  return pdfWith(`${BOX}/Contents 4 0 R`, [{ number: 4, dictionary: "/Filter[/FlateDecode/FlateDecode]", data }]);
}
