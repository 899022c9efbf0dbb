/** Whether `text` contains each word of `query`, in any order and case. */
export function holdsWords(text: string, query: string): boolean {
  const haystack = text.toLowerCase();
  return wordsOf(query).every((word) => haystack.includes(word));
}

export function wordsOf(query: string): string[] {
  return query.toLowerCase().split(/\s+/).filter(Boolean);
}
