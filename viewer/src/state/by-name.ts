const key = 'riskbild.by';

/** Who works here, as they last said; empty where they have not, or where the browser keeps nothing. */
export function rememberedName(): string {
  try {
    return cleanName(localStorage.getItem(key) ?? '');
  } catch {
    return '';
  }
}

export function rememberName(name: string): void {
  try {
    localStorage.setItem(key, name);
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}

/** One line that the server takes: at most 100 bytes, without control characters. */
export function cleanName(text: string): string {
  let name = text.replace(/\p{Cc}+/gu, ' ').trim();
  while (new TextEncoder().encode(name).length > 100) name = name.slice(0, -1);
  return name;
}
