/** The library brings no types. */
declare module "tar-fs" {
  type Header = { readonly name: string };
  type ExtractOptions = { readonly chown?: boolean; readonly map?: (header: Header) => Header };
  export function extract(folder: string, options?: ExtractOptions): NodeJS.WritableStream;
}
