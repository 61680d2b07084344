export function duration(milliseconds: number): string;
export function step<T>(title: string, work: (note: (text: string) => void) => Promise<T> | T): Promise<T>;
