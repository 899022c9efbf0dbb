/** Whether `text` holds each word of `query`, in whatever order and case. */
export function holdsWords(text: string, query: string): boolean {
  const haystack = text.toLowerCase();
  return wordsOf(query).every((word) => haystack.includes(word));
}

export function wordsOf(query: string): string[] {
  return query.toLowerCase().split(/\s+/).filter(Boolean);
}
