/** "de Tojo", "d’Onja": as French sentences of the catalogue name somebody. */
export const de = (name: string): string => (/^[aeiouœæ]/i.test(name.normalize("NFD")) ? `d’${name}` : `de ${name}`);
