/** Draws a picture of SVG as a photo would come: a JPEG. */
export async function drawPicture(svg: string): Promise<Buffer> {
  const { default: sharp } = await import("sharp");
  return sharp(Buffer.from(svg)).flatten({ background: "#ffffff" }).jpeg({ quality: 80 }).toBuffer();
}

const LEFT_POINTS = 64;
const TOP_POINTS = 760;
const LINE_POINTS = 20;

/**
 * Writes a page of text as a PDF that every viewer opens.
 * @param lines the first is the heading; characters of Latin-1
 * @see ISO 32000-1 section 7.5
 */
export function writePdf(lines: readonly string[]): Buffer {
  const shown = lines.map((line, index) => {
    const text = line.replace(/[\\()]/g, "\\$&");
    return `${index === 0 ? "/F1 18 Tf" : "/F1 11 Tf"} (${text}) Tj 0 -${index === 0 ? LINE_POINTS * 2 : LINE_POINTS} Td`;
  });
  const content = `BT ${LEFT_POINTS} ${TOP_POINTS} Td ${shown.join("\n")} ET`;
  const objects = [
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
    `<</Length ${content.length}>>\nstream\n${content}\nendstream`,
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
  ];
  let pdf = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const offset = pdf.length;
    pdf += `${index + 1} 0 obj${object}endobj\n`;
    return offset;
  });
  const start = pdf.length;
  const entries = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  pdf += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries}trailer<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(pdf, "latin1");
}
