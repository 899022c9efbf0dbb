/**
 * Places of entries in the range from `first` to `next` (excluded), in a bar of that many places;
 * each place once, from the top.
 */
export function matchPlaces(
  numbers: readonly number[],
  { first, next }: { first: number; next: number },
  places: number,
): number[] {
  const count = Math.max(1, next - first);
  const found: number[] = [];
  for (const number of numbers) {
    const place = Math.floor(((number - first) * places) / count);
    if (place >= 0 && place < places && found.at(-1) !== place) found.push(place);
  }
  return found;
}

/** The nearest of ascending numbers. */
export function nearestTo(numbers: readonly number[], wanted: number): number | undefined {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? wanted) < wanted) low = middle + 1;
    else high = middle;
  }
  const above = numbers[low];
  const below = numbers[low - 1];
  if (above === undefined || below === undefined) return above ?? below;
  return above - wanted < wanted - below ? above : below;
}
