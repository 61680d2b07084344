/** Request header in which each app's proxy notes the page's own path and query, for the guard. */
export const PATH_HEADER = "x-mgs-path";
