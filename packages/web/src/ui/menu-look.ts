/** The common look of menus, select lists and popovers. Limits their height to the window. */
export const FLOATING =
  "z-50 max-h-(--kb-popper-content-available-height) min-w-40 animate-enter rounded-lg border border-line bg-raised overflow-y-auto p-1 shadow-float outline-none";

export const MENU_ITEM =
  "flex h-8 cursor-pointer items-center gap-2 rounded-md px-2 outline-none select-none " +
  "data-[highlighted]:bg-hover data-[disabled]:pointer-events-none data-[disabled]:opacity-45";
