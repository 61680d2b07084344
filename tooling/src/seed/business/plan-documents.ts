import { createHash } from "node:crypto";
import { drawPicture, writePdf } from "@mgs/documents/seed/demo-files";
import { soonAfter } from "./office-time";
import type { DemoDossier } from "./plan-dossier";
import type { Random } from "./random";
import { type DemoFile, demoId, type Story } from "./story";

/** Pictures that documents share: a plan, a damaged roof, a scanned letter. */
const PICTURES = [
  {
    name: "Plan de masse.jpg",
    svg: `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="850"><rect width="1200" height="850" fill="#f8fafc"/>
<g fill="none" stroke="#1e3a8a" stroke-width="6"><rect x="150" y="120" width="900" height="600"/><path d="M150 430H620V120M620 430V720M620 300H1050"/></g>
<g fill="#0f172a" font-family="sans-serif" font-size="34"><text x="250" y="290">Séjour</text><text x="760" y="220">Bureau</text><text x="760" y="540">Entrepôt</text><text x="250" y="600">Cour</text></g></svg>`,
  },
  {
    name: "Toiture endommagée.jpg",
    svg: `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="850"><rect width="1200" height="850" fill="#93c5fd"/>
<rect y="620" width="1200" height="230" fill="#65a30d"/><rect x="260" y="390" width="680" height="320" fill="#e7e5e4"/>
<path d="M200 400L600 160L760 256L720 300L800 330L780 400Z" fill="#b91c1c"/><path d="M800 330L860 400H780Z" fill="#78350f"/>
<rect x="360" y="500" width="110" height="210" fill="#78350f"/><rect x="620" y="480" width="160" height="110" fill="#0c4a6e"/></svg>`,
  },
  {
    name: "Courrier numérisé.jpg",
    svg: `<svg xmlns="http://www.w3.org/2000/svg" width="850" height="1200"><rect width="850" height="1200" fill="#fefce8"/>
<g fill="#44403c"><rect x="90" y="120" width="260" height="18"/><rect x="90" y="160" width="200" height="12"/>${Array.from({ length: 18 }, (_, line) => `<rect x="90" y="${300 + line * 38}" width="${560 + ((line * 53) % 110)}" height="10"/>`).join("")}</g>
<path d="M520 1060q60 -70 110 0t120 -20" fill="none" stroke="#1d4ed8" stroke-width="6"/></svg>`,
  },
] as const;

const PAPERS = ["Lettre de demande", "Relevé de situation", "Compte rendu de visite", "Attestation", "Devis"] as const;
const DOCUMENT_SHARE = 0.3;

/** Puts documents on some dossiers. @returns their files, which are to be stored before the rows are written */
export async function planDocuments(
  story: Story,
  random: Random,
  dossiers: readonly DemoDossier[],
  now: Date,
): Promise<DemoFile[]> {
  const pictures = await Promise.all(PICTURES.map(async ({ name, svg }) => ({ name, bytes: await drawPicture(svg) })));
  const files: DemoFile[] = [];
  for (const dossier of dossiers) {
    if (!random.chance(DOCUMENT_SHARE)) continue;
    for (let index = random.int(0, 2); index >= 0; index--) {
      const at = soonAfter(random, dossier.createdAt, 3 * 24 * 60);
      if (at >= now) continue;
      const picture = random.chance(0.3) ? random.pick(pictures) : null;
      const paper = random.pick(PAPERS);
      const versions = picture === null && random.chance(0.15) ? 2 : 1;
      const documentId = demoId(`document ${index} of ${dossier.id}`, at);
      const name = picture?.name ?? `${paper}.pdf`;
      const uploadedBy = random.pick(dossier.circle);
      const place = { subjectType: "dossier", subjectId: String(dossier.id) };
      const row = { id: documentId, ...place, name, currentVersion: versions, createdBy: uploadedBy, createdAt: at };
      story.documents.push(row);
      for (let version = 1; version <= versions; version++) {
        const versionId = demoId(`version ${version} of ${documentId}`, at);
        const bytes = picture?.bytes ?? writePdf([paper, dossier.title, "", `Version ${version}`]);
        const mediaType = picture ? "image/jpeg" : "application/pdf";
        files.push({ versionId, name, mediaType, bytes });
        story.versions.push({
          ...{ id: versionId, documentId, version, name, mediaType, bytes: BigInt(bytes.length), uploadedBy },
          ...{ uploadedAt: at, checkedAt: now, sha256: createHash("sha256").update(bytes).digest("hex") },
          thumbnail: "ready",
        });
      }
    }
  }
  return files;
}
