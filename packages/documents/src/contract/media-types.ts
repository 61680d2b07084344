/** How a browser shows a document beside its name: an image in the page, a PDF in its own viewer. */
export type Preview = "image" | "pdf";

type MediaType = { extensions: readonly [string, ...string[]]; preview?: Preview; hasThumbnail?: true };

const OPEN_XML = "application/vnd.openxmlformats-officedocument";
const OPEN_DOCUMENT = "application/vnd.oasis.opendocument";

/**
 * The types of files that may be stored, as their first bytes tell them. An archive may hold anything, a program among it, so none is here;
 * neither are office files with macros, SVG and HTML, which can run scripts.
 */
export const MEDIA_TYPES: Readonly<Record<string, MediaType>> = {
  "application/pdf": { extensions: ["pdf"], preview: "pdf", hasThumbnail: true },
  "image/png": { extensions: ["png"], preview: "image", hasThumbnail: true },
  "image/jpeg": { extensions: ["jpg", "jpeg"], preview: "image", hasThumbnail: true },
  "image/webp": { extensions: ["webp"], preview: "image", hasThumbnail: true },
  "image/gif": { extensions: ["gif"], preview: "image", hasThumbnail: true },
  "image/tiff": { extensions: ["tif", "tiff"], hasThumbnail: true },
  "image/heic": { extensions: ["heic", "heif"] },
  [`${OPEN_XML}.wordprocessingml.document`]: { extensions: ["docx"] },
  [`${OPEN_XML}.spreadsheetml.sheet`]: { extensions: ["xlsx"] },
  [`${OPEN_XML}.presentationml.presentation`]: { extensions: ["pptx"] },
  [`${OPEN_DOCUMENT}.text`]: { extensions: ["odt"] },
  [`${OPEN_DOCUMENT}.spreadsheet`]: { extensions: ["ods"] },
  [`${OPEN_DOCUMENT}.presentation`]: { extensions: ["odp"] },
  "text/csv": { extensions: ["csv"] },
  "text/plain": { extensions: ["txt"] },
};

/** The endings of names for a browser's file dialog: `.pdf,.png,…`. */
export const ACCEPTED_FILES: string = Object.values(MEDIA_TYPES)
  .flatMap(({ extensions }) => extensions.map((extension) => `.${extension}`))
  .join(",");

/** The types of which a small picture is made. */
export const DRAWN_TYPES: readonly string[] = Object.keys(MEDIA_TYPES).filter(
  (type) => MEDIA_TYPES[type]?.hasThumbnail === true,
);

export const previewOf = (mediaType: string): Preview | null => MEDIA_TYPES[mediaType]?.preview ?? null;
