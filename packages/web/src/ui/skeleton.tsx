/** Holds the place of something that is loaded for the first time. */
export function Skeleton(props: { class?: string }) {
  return (
    <div
      aria-hidden="true"
      class={`animate-shimmer rounded-sm bg-line ${props.class ?? "h-4 w-24"}`}
    />
  );
}
