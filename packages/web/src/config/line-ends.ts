/** Whether two texts differ in their line ends at most. */
export const isSameText = (one: string, other: string) => withLf(one) === withLf(other);

export const withLf = (text: string) => text.replaceAll(/\r\n?/g, "\n");

/**
 * The editor's text, which knows only LF, with the line ends of its file; returns the file's own
 * text where nothing else differs, so that an undone change leaves no difference.
 */
export function withLineEndsOf(file: string, edited: string): string {
  const plain = edited.replaceAll("\r\n", "\n");
  if (plain === withLf(file)) return file;
  const windows = file.match(/\r\n/g)?.length ?? 0;
  const all = file.match(/\r\n|\n/g)?.length ?? 0;
  return windows > all / 2 ? plain.replaceAll("\n", "\r\n") : plain;
}
