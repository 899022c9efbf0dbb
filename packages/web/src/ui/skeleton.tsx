/** Placeholder during the first load. */
export function Skeleton(props: { class?: string }) {
  return (
    <div
      aria-hidden="true"
      class={`animate-shimmer rounded-sm bg-line ${props.class ?? "h-4 w-24"}`}
    />
  );
}
