// The build bundles this file beside main.ts; the worker starts it as a thread for each PDF that it draws.
import "@mgs/documents/thumbnails/pdf-thread";
