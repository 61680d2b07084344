/** The address of cards in the API of every portal. @param url of a record's page */
export const recordCardApiPath = (url: string): string => `/api/record-card?${new URLSearchParams({ url })}`;
