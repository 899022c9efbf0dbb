/**
 * The text of the editor, which knows only LF, with the line ends of the file that it was made
 * from; the file's own text where nothing else differs, so that taking a change back leaves none.
 */
export function withLineEndsOf(file: string, edited: string): string {
  const plain = edited.replaceAll("\r\n", "\n");
  if (plain === file.replaceAll(/\r\n?/g, "\n")) return file;
  const windows = file.match(/\r\n/g)?.length ?? 0;
  const all = file.match(/\r\n|\n/g)?.length ?? 0;
  return windows > all / 2 ? plain.replaceAll("\n", "\r\n") : plain;
}
