/** The package ships types, but its `exports` field does not name them. */
declare module "lezer-json5" {
  export interface SyntaxNode {
    readonly name: string;
    readonly from: number;
    readonly to: number;
    readonly firstChild: SyntaxNode | null;
    readonly lastChild: SyntaxNode | null;
    readonly nextSibling: SyntaxNode | null;
  }
  export const parser: { parse(input: string): { readonly topNode: SyntaxNode } };
}
