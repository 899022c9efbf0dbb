import { Skeleton } from "../ui/skeleton.tsx";

/** Lines in place of an editor whose text is being loaded. */
export function EditorWaiting() {
  return (
    <div aria-busy="true" class="flex flex-1 flex-col gap-2.5 p-4">
      <Skeleton class="h-4 w-24" />
      <Skeleton class="h-4 w-72" />
      <Skeleton class="h-4 w-56" />
      <Skeleton class="h-4 w-64" />
    </div>
  );
}
